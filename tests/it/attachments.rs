//! Parts of a site's answers beside the text: galleries, polls, posts handed on, clips, names, parents that are missing.

use lurker::model::{Text, Thread};
use lurker::site::{Content, saved};
use serde_json::{Value, json};

fn thread(value: &Value) -> Thread {
    match saved::read(value.to_string().as_bytes(), None) {
        Ok(Content::Thread(thread)) => *thread,
        other => unreachable!("{other:?}"),
    }
}

/// A thread of Reddit with these keys of its post, and of a comment.
fn reddit(post: &Value, comment: &Value) -> Thread {
    let merged = |mut own: Value, more: &Value| {
        for (key, value) in more.as_object().expect("an object") {
            own[key] = value.clone();
        }
        own
    };
    let post = merged(
        json!({"id": "p1", "subreddit": "t", "title": "T", "author": "o", "score": 1, "num_comments": 1, "created_utc": 1.0,
            "selftext": "", "permalink": "/r/t/comments/p1/x/", "url": "https://www.reddit.com/gallery/p1"}),
        post,
    );
    let comment = merged(
        json!({"id": "c1", "parent_id": "t3_p1", "link_id": "t3_p1", "author": "u", "body": "x", "replies": ""}),
        comment,
    );
    let listing =
        |kind: &str, data: Value| json!({"kind": "Listing", "data": {"children": [{"kind": kind, "data": data}]}});
    thread(&json!([listing("t3", post), listing("t1", comment)]))
}

#[test]
fn a_gallery_has_all_its_pictures_and_captions() {
    let picture = |name: &str| json!({"s": {"u": format!("https://i.example/{name}.jpg?w=1&amp;s=2")}});
    let post = json!({"gallery_data": {"items": [{"media_id": "m1", "caption": "A <b> & c", "outbound_url": "https://o.example/"},
        {"media_id": "m2"}, {"media_id": "gone"}]}, "media_metadata": {"m2": picture("two"), "m1": picture("one")}});
    let text = reddit(&post, &json!({})).story().text.clone();
    assert_eq!(text.plain, "1. image A <b> & c https://o.example/\n2. image\n3. image (not available)");
    assert_eq!(
        text.links,
        ["https://i.example/one.jpg?w=1&s=2", "https://o.example/", "https://i.example/two.jpg?w=1&s=2"]
    );
}

#[test]
fn a_poll_has_its_options_and_votes() {
    let options = json!([{"id": "1", "text": "Cats", "vote_count": 1}, {"id": "2", "text": "Dogs", "vote_count": 4}, {"text": "None"}]);
    let post = json!({"selftext": "Which?", "poll_data": {"total_vote_count": 5, "options": options}});
    let text = reddit(&post, &json!({})).story().text.clone();
    assert_eq!(text.plain, "Which?\n\nPoll, 5 votes:\n\n- Cats: 1 vote\n- Dogs: 4 votes\n- None");
}

#[test]
fn a_post_that_hands_on_another_shows_it() {
    let original = json!({"id": "y", "title": "First & best", "author": "ann", "subreddit_name_prefixed": "r/other",
        "permalink": "/r/other/comments/y/x/", "selftext": "Its text."});
    let thread = reddit(&json!({"crosspost_parent_list": [original]}), &json!({}));
    let text = &thread.story().text;
    assert_eq!(text.plain, "Crosspost of First & best, r/other by ann\n\nIts text.");
    assert_eq!(text.links, ["https://www.reddit.com/r/other/comments/y/x/"]);
}

#[test]
fn clips_in_markdown_have_their_addresses() {
    let media = json!({"giphy|abc": {"s": {"gif": "https://g.example/abc.gif"}}, "im1": {"s": {"u": "https://p.example/im1.png"}}});
    let body = "me too ![gif](giphy|abc) ![gif](giphy|def|downsized) ![img](im1) [x](https://a.example)";
    let thread = reddit(&json!({}), &json!({"body": body, "media_metadata": media}));
    let Text { plain, links, .. } = thread.get(0).expect("a comment").body().to_text();
    assert_eq!(plain, "me too gif gif img x");
    assert_eq!(
        links,
        ["https://g.example/abc.gif", "https://giphy.com/gifs/def", "https://p.example/im1.png", "https://a.example"]
    );
}

#[test]
fn posts_and_comments_stand_in_one_list() {
    let post = |id: &str| {
        json!({"kind": "t3", "data": {"id": id, "title": format!("Post {id}"), "author": "o", "subreddit": "t",
        "score": 5, "permalink": format!("/r/t/comments/{id}/x/"), "url": "https://x.example/", "selftext": "Text"}})
    };
    let comment = json!({"kind": "t1", "data": {"id": "c1", "link_id": "t3_p1", "parent_id": "t3_p1", "link_title": "Post p1",
        "author": "u", "subreddit": "t", "body": "a saved comment", "replies": ""}});
    let user = json!({"kind": "t2", "data": {"id": "u"}});
    let thread = thread(&json!({"kind": "Listing", "data": {"children": [post("p1"), comment, post("p2"), user]}}));
    let subjects: Vec<&str> = thread.iter().map(lurker::model::Comment::subject).collect();
    assert_eq!(subjects, ["Post p1", "Post p1", "Post p2"]);
    let body = thread.get(0).expect("a post").body().to_text();
    assert_eq!(
        (body.plain.as_str(), &body.links[..]),
        ("https://x.example/\n\nText", &["https://x.example/".to_owned()][..])
    );
    assert!(
        thread.notes().iter().any(|note| note == "Neither comments nor posts, and left out: 1"),
        "{:?}",
        thread.notes()
    );
}

/// Comments of Lemmy: number, path and `parent_id`, and text.
fn lemmy(comments: &[(u64, Option<&str>, Option<u64>, &str)]) -> Thread {
    let view = |(id, path, parent, text): &(u64, Option<&str>, Option<u64>, &str)| {
        let mut comment = json!({"id": id, "creator_id": 1, "post_id": 7, "content": text, "published": "2024-01-01T00:00:00Z",
            "ap_id": format!("https://l.example/comment/{id}"), "local": true, "parent_id": parent});
        if let Some(path) = path {
            comment["path"] = json!(path);
        }
        json!({"comment": comment, "creator": {"id": 1, "name": "ann", "actor_id": "https://l.example/u/ann", "local": true},
            "post": {"id": 7, "name": "P", "ap_id": "https://l.example/post/7", "local": true},
            "community": {"id": 2, "name": "c", "actor_id": "https://l.example/c/c", "local": true}, "counts": {"score": 1}})
    };
    thread(&json!({"comments": comments.iter().map(view).collect::<Vec<_>>()}))
}

#[test]
fn a_missing_parent_is_counted() {
    let thread = lemmy(&[(1, Some("0.1"), None, "a"), (3, Some("0.1.2.3"), None, "b"), (5, Some("0.4.5"), None, "c")]);
    let depths: Vec<u32> = thread.iter().map(lurker::model::Comment::depth).collect();
    assert_eq!(depths, [0, 1, 0]);
    assert_eq!(
        thread.notes(),
        ["2 comments answer one that is not here; each stands under the nearest above it, or at the top"]
    );
    assert!(lemmy(&[(1, Some("0.1"), None, "a"), (2, Some("0.1.2"), None, "b")]).notes().is_empty());
}

#[test]
fn a_parent_of_the_old_form_is_read() {
    let thread =
        lemmy(&[(3, None, Some(2), "c"), (2, None, Some(1), "b"), (1, None, None, "a"), (9, None, Some(8), "d")]);
    let tree: Vec<(&str, u32)> = thread.iter().map(|comment| (comment.id(), comment.depth())).collect();
    assert_eq!(tree, [("1", 0), ("2", 1), ("3", 2), ("9", 0)]);
    assert!(
        thread.notes().iter().any(|note| note.starts_with("1 comment answers one that is not here")),
        "{:?}",
        thread.notes()
    );
}

#[test]
fn names_are_links_to_where_they_are_at_home() {
    let thread =
        lemmy(&[(1, Some("0.1"), None, "See !rust@a.example, @bob@b.example and `!x@c.example`, not me@d.example.")]);
    let body = thread.get(0).expect("a comment").body().to_text();
    assert_eq!(body.links, ["https://a.example/c/rust", "https://b.example/u/bob"]);
}

#[test]
fn polls_of_a_forum_have_their_options_and_votes() {
    let widget = "<p>Choose:</p><div class=\"poll\" data-poll-name=\"poll\"><div class=\"poll-container\"><ul><li>Yes</li></ul></div>\
        <div class=\"poll-info\"><span>0</span><span>voters</span></div></div><p>Thanks</p>";
    let poll = |name: &str| {
        json!({"name": name, "status": "closed", "voters": 7,
        "options": [{"id": "a", "html": "<b>Yes</b> & so", "votes": 5}, {"id": "b", "html": "No", "votes": 1}, {"id": "c", "html": "?"}]})
    };
    let post = |number: u32, cooked: &str, polls: Value| {
        json!({"id": 900 + number, "post_number": number, "post_type": 1,
        "username": "ann", "cooked": cooked, "created_at": "2025-01-01T00:00:00Z", "topic_id": 5, "polls": polls,
        "reply_to_post_number": if number == 3 { json!(77) } else { json!(null) }})
    };
    let topic = json!({"post_stream": {"posts": [post(1, "<p>Hi</p>", json!(null)), post(2, widget, json!([poll("poll"), poll("more")])),
        post(3, "<p>No</p>", json!(null))], "stream": [901, 902, 903]}, "id": 5, "title": "T", "slug": "t", "posts_count": 3});
    let thread = thread(&topic);
    let shown = "Poll, 7 voters, closed:\n\n- Yes & so: 5 votes\n- No: 1 vote\n- ?";
    assert_eq!(thread.get(0).expect("a comment").body().plain, format!("Choose:\n\n{shown}\n\nThanks\n\n{shown}"));
    assert_eq!(thread.notes(), ["1 comment without the one that it answers; at the top level"]);
}
