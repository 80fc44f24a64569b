//! A page of Slashdot of any size, in the shape of the site's own of 2026.

use std::fmt::Write;

use crate::measure::Numbers;

/// The number of the first comment, less one: numbers have eight digits today.
const BASE: u32 = 66_000_000;

const WORDS: [&str; 16] = [
    "terminal", "the", "of", "a", "green", "latency", "which", "never", "catalog", "queue", "is", "and", "naïve",
    "shelf", "keyboard", "they",
];

/// A page with this many comments, in branches of up to eight, each of which answers the one before it.
pub(crate) fn page(size: u32) -> String {
    let mut numbers = Numbers(7);
    let mut page = HEAD.replace("SIZE", &size.to_string());
    page.push_str(&script(size));
    page.push_str("<ul id=\"commentlisting\" class=\"d2\">\n");
    for number in 1..=size {
        comment(number, &mut numbers, &mut page);
        if is_answered(number, size) {
            write!(page, "<ul id=\"commtree_{}\">", BASE + number).expect("a string takes all");
        } else {
            page.push_str("</li>");
            page.push_str(&"</ul></li>\n".repeat(depth(number) as usize));
        }
    }
    page.push_str("</ul></div></div></body></html>\n");
    page
}

/// The HTML of a comment's body: paragraphs of 10 to 50 words, some with a quote, a link or a word of emphasis.
pub(crate) fn body(number: u32, numbers: &mut Numbers) -> String {
    let mut body = String::new();
    for _ in 0..=numbers.below(3) {
        let words: Vec<&str> = (0..10 + numbers.below(40)).map(|_| WORDS[numbers.below(16) as usize]).collect();
        let words = words.join(" ");
        let paragraph = match numbers.below(10) {
            0 => format!("<i>{words}</i>"),
            1 => format!(
                "{words} <a href=\"https://example.org/a/{number}?x=1&amp;y=2\" title=\"example.org\">a link</a> [example.org]"
            ),
            2 => format!("<div class=\"quote\"><p>{words}</p></div>"),
            3 => format!("{words} &quot;quoted&quot; &amp; more, it&#39;s"),
            _ => words,
        };
        write!(body, "<p>{paragraph}.</p>").expect("a string takes all");
    }
    body
}

fn depth(number: u32) -> u32 {
    (number - 1) % 8
}

fn is_answered(number: u32, size: u32) -> bool {
    number < size && depth(number) < 7
}

fn script(size: u32) -> String {
    let mut script = String::from("<script type=\"text/javascript\">\n<!--\nD2.comments({ ");
    for number in 1..=size {
        let parent = if depth(number) == 0 { 0 } else { BASE + number - 1 };
        let kids = if is_answered(number, size) { (BASE + number + 1).to_string() } else { String::new() };
        let subject = if parent == 0 { "" } else { ", subject: \"Re:Shelves & boxes\"" };
        write!(
            script,
            "{}: {{ uid: {}, pid: {parent}, read: 0, points: {}, kids: [ {kids} ], opid: 0{subject} }}, ",
            BASE + number,
            1_000 + number % 5_000,
            i64::from(number % 7) - 1,
        )
        .expect("a string takes all");
    }
    let seen = format!("{}{}", BASE + 1, ",1".repeat(size as usize - 1));
    write!(
        script,
        "}});\nD2.discussion_id(7000);\nD2.d2_seen('{seen}');\nD2.more_comments_num(0);\n//-->\n</script>\n"
    )
    .expect("a string takes all");
    script
}

fn comment(number: u32, numbers: &mut Numbers, page: &mut String) {
    let subject = if depth(number) == 0 { "Shelves &amp; boxes" } else { "Re:" };
    let label = ["", ", Insightful", ", Funny"][numbers.below(3) as usize];
    let texts = [
        ("CID", (BASE + number).to_string()),
        ("SUBJECT", subject.to_owned()),
        ("SCORE", format!("{}</a>{label}", i64::from(number % 7) - 1)),
        ("NICK", format!("person{}", number % 5_000)),
        ("UID", (1_000 + number % 5_000).to_string()),
        ("MINUTE", format!("{:02}", number % 60)),
        ("BODY", body(number, numbers)),
    ];
    let mut comment = COMMENT.to_owned();
    for (place, text) in texts {
        comment = comment.replace(place, &text);
    }
    page.push_str(&comment);
}

const HEAD: &str = r#"<!-- html-header type=current begin -->
	<!DOCTYPE html>
	<html lang="en">
	<head>
		<title>Where Do You Keep Your Rocks? - Slashdot</title>
		<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
		<meta property="og:url" content="https://ask.slashdot.org/story/26/05/02/1259237/where-do-you-keep-your-rocks">
	</head>
	<body class="anon firehose ">
<div id="firehose"><article id="firehose-9001" data-fhid="9001" data-fhtype="story" class="fhitem fhitem-story article">
<header>
	<h1 class="story">
		<span id="title-9001" class="story-title"> <a href="//ask.slashdot.org/story/26/05/02/1259237/where-do-you-keep-your-rocks">Where Do You Keep Your Rocks?</a></span>
			<span class="comment-bubble"><a href="//ask.slashdot.org/story/26/05/02/1259237/where-do-you-keep-your-rocks#comments" title="">SIZE</a></span>
	</h1>
	<div class="details" id="details-9001">
		<span class="story-byline">
			Posted by <a href="https://desk.example/" rel="nofollow">Desk Editor</a>
		<time id="fhtime-9001" datetime="on Saturday May 02, 2026 @09:00AM">on Saturday May 02, 2026 @09:00AM</time>
			 from the <span class="dept-text">hard-storage</span> dept.
		</span>
	</div>
</header>
<div class="body" id="fhbody-9001">
		<div id="text-9001" class="p">
				A reader asks: <i>"Mine are in the way."</i>
		</div>
</div>
</article></div>
<div id="comments" class="a2commentwrap"><div id="comments" class="container">
<span class="totalcommentcnt">SIZE</span>
"#;

const COMMENT: &str = r##"<li id="tree_CID" class="comment full contain"><span class="ind"></span>
<div id="comment_status_CID" class="commentstatus"></div>
<div id="comment_CID" class="cw ">
	<div id="comment_top_CID" class="commentTop newcomment">
		<div class="title">
			<h4><a rel="nofollow" id="comment_link_CID" name="comment_link_CID" href="//ask.slashdot.org/comments.pl?sid=7000&amp;cid=CID" onclick="return D2.setFocusComment(CID)" >SUBJECT</a>


		 	<span id="comment_score_CID" class="score"> (<a href="#"><span class=opt>Score:</span>SCORE)</span></h4>
		</div>
		<div class="details">
			<span class="by"><span class="byby">by </span><a rel="nofollow" href="//slashdot.org/~NICK">NICK</a>  <span class="uid"><a rel="nofollow" href="//slashdot.org/~NICK">( UID )</a></span></a></span><span class="writes" style="display:none"> writes:</span>
			<span class="otherdetails" id="comment_otherdetails_CID">
		on Saturday May 02, 2026 @09:MINUTEAM (<span class="ind"></span><a rel="nofollow" href="//ask.slashdot.org/comments.pl?sid=7000&amp;cid=CID">#CID</a>)
		<small><a href="https://home.example" title="https://home.example" class="user_homepage_display">Homepage</a> </small>
</span>
		</div>
	</div>
	<div class="commentBody">
		<div id="comment_body_CID">BODY</div>
	</div>

	<div class="commentSub" id="comment_sub_CID">
</div>
</div>

<div id="replyto_CID"></div>

<ul id="group_CID">
	<li id="hiddens_CID" class="hide"></li>
</ul>

"##;
