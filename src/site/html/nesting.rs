//! Rules of HTML for what nests in what: elements without content, and the tags that end others.

/// Elements that have no content and no end tag.
const VOID: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "source", "track", "wbr",
];

/// Elements whose text is for programs, or stands for what they show in its place.
const UNSHOWN: [&str; 7] = ["script", "style", "noscript", "iframe", "noembed", "noframes", "template"];

/// Elements that format words. Their end tags reach over no block.
const FORMATS: [&str; 26] = [
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
];

/// Blocks, save `p`. Each ends a paragraph that is open.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

const CELLS: [&str; 4] = ["td", "th", "caption", "table"];
const TABLE_PARTS: [&str; 10] =
    ["td", "th", "tr", "tbody", "thead", "tfoot", "table", "caption", "colgroup", "template"];
const LISTS: [&str; 9] = ["ul", "ol", "menu", "dir", "dl", "td", "th", "caption", "table"];

/// Whether an element has no content.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether an element's text is not shown.
pub(super) fn is_unshown(name: &str) -> bool {
    UNSHOWN.contains(&name)
}

/// Whether an end tag means nothing: what stands behind the end of a page is still of the page.
pub(super) fn is_ignored_end(name: &str) -> bool {
    is_void(name) || matches!(name, "body" | "html")
}

/// The elements that a start tag ends, and those beyond which it ends none.
pub(super) struct ImpliedEnd {
    pub(super) ended: &'static [&'static str],
    pub(super) within: &'static [&'static str],
}

/// The ends that a start tag implies, to be made one after the other.
pub(super) fn implied_ends(name: &str) -> &'static [ImpliedEnd] {
    const PARAGRAPH: ImpliedEnd = ImpliedEnd { ended: &["p"], within: &CELLS };
    match name {
        "li" => &[ImpliedEnd { ended: &["li"], within: &LISTS }, PARAGRAPH],
        "dt" | "dd" => &[ImpliedEnd { ended: &["dt", "dd"], within: &LISTS }, PARAGRAPH],
        "td" | "th" => &[ImpliedEnd { ended: &["td", "th"], within: &["tr", "table"] }],
        "tr" => &[ImpliedEnd { ended: &["tr"], within: &["table"] }],
        "tbody" | "thead" | "tfoot" => &[ImpliedEnd { ended: &["tbody", "thead", "tfoot"], within: &["table"] }],
        "option" => &[ImpliedEnd { ended: &["option"], within: &["select", "datalist"] }],
        "body" => &[ImpliedEnd { ended: &["head"], within: &[] }],
        "p" => &[PARAGRAPH],
        name if BLOCKS.contains(&name) => &[PARAGRAPH],
        _ => &[],
    }
}

/// Whether an end tag of this name ends no element around one of that name.
pub(super) fn stops(end: &str, around: &str) -> bool {
    if CELLS.contains(&around) && !TABLE_PARTS.contains(&end) {
        return true;
    }
    FORMATS.contains(&end) && BLOCKS.contains(&around)
}
