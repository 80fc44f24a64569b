//! Slashdot: the story page's script state and tree, then `ajax.pl` rounds until every comment is whole.
