//! Reddit's lists, by name and by address: the front page, subreddits, their orders, and searches.

use url::form_urlencoded::Serializer;

use super::INFO;
use super::account::Account;
use super::address::segments;
use super::list_loader::RedditListLoader;
use crate::model::{Heading, Listing, Tab};
use crate::site::{ListTarget, Loader, ParsedTarget, SiteConfig, Target, web};

/// The orders of a list, and those that the tab bar has.
const ORDERS: [&str; 5] = ["hot", "new", "top", "rising", "controversial"];
pub(super) const TABS: [&str; 4] = ["hot", "new", "top", "rising"];
/// The orders that look at a stretch of time, and the stretches.
const TIMED: [&str; 2] = ["top", "controversial"];
const SPANS: [&str; 6] = ["hour", "day", "week", "month", "year", "all"];
/// The number of posts on a page; Reddit allows 100.
const PAGE: &str = "50";

/// A list of Reddit's.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Front {
    account: Account,
    /// The subreddit, or several with `+` between; none for the front page.
    place: Option<String>,
    what: What,
    /// The sections in the tab bar.
    sections: Vec<String>,
}

/// The choice of posts in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// All, in an order, and of a stretch of time where the order has one.
    Order(String, Option<String>),
    /// Those with these words.
    Search(String),
}

/// The list behind `reddit/`:
///
/// - nothing is the front page, which is that of `r/popular`, as for every reader without a login;
/// - `r/NAME`, also `r/NAME+NAME`;
/// - an order after either of them: `hot`, `new`, `top`, `rising`, `controversial`, and a stretch of time after `top` and
///   `controversial`: `top/week`;
/// - `search:WORDS` after either of them.
pub(super) fn parse_name(rest: &str, config: &SiteConfig) -> ParsedTarget {
    let wrong = || {
        let forms = "reddit/new, reddit/top/week, r/NAME, r/NAME/top, reddit/search:WORDS, r/NAME/search:WORDS";
        format!("reddit/{rest}: no list of Reddit; they look like {forms}")
    };
    let (place, rest) = match rest.strip_prefix("r/") {
        Some(rest) => {
            let (name, rest) = rest.split_once('/').unwrap_or((rest, ""));
            (Some(name.to_owned()), rest)
        }
        None => (None, rest),
    };
    let what = match rest.strip_prefix("search:").map(str::trim) {
        Some(words) => Some(What::Search(words.to_owned())).filter(|_| !words.is_empty()),
        None => order(&rest.split('/').filter(|name| !name.is_empty()).collect::<Vec<_>>(), None),
    };
    let front = what.and_then(|what| Front::new(place, what, config)).ok_or_else(wrong)?;
    Ok(Target::list(front))
}

/// The list whose page this address is.
pub(super) fn parse_address(text: &str, config: &SiteConfig) -> Option<Target> {
    let url = Account::of(config)
        .own(text.trim())
        .filter(|url| !url.host_str().is_some_and(|host| host.ends_with("redd.it")))?;
    let segments = segments(&url);
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (place, rest) = match segments.as_slice() {
        ["r", name, rest @ ..] => (Some((*name).to_owned()), rest),
        rest => (None, rest),
    };
    let what = match rest {
        ["search"] => {
            Some(web::parameter(&url, "q")?.trim().to_owned()).filter(|words| !words.is_empty()).map(What::Search)
        }
        rest => order(rest, web::parameter(&url, "t").as_deref().map(str::trim)),
    };
    Some(Target::list(Front::new(place, what?, config)?))
}

/// An order and its stretch of time; the usual ones where none is named.
fn order(names: &[&str], span: Option<&str>) -> Option<What> {
    let (order, span) = match names {
        [] => (ORDERS.first()?, None),
        [order] => (order, span),
        [order, span] if TIMED.contains(order) => (order, Some(*span)),
        _ => return None,
    };
    if !ORDERS.contains(order) {
        return None;
    }
    let span = span.filter(|_| TIMED.contains(order));
    let is_known = span.is_none_or(|span| SPANS.contains(&span));
    is_known.then(|| What::Order((*order).to_owned(), span.map(str::to_owned)))
}

impl Front {
    /// A list, if the place is a name that a subreddit may have.
    fn new(place: Option<String>, what: What, config: &SiteConfig) -> Option<Self> {
        let is_name = |name: &str| {
            (2..=50).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        if !place.as_deref().is_none_or(|place| place.split('+').all(is_name)) {
            return None;
        }
        Some(Self { account: Account::of(config), place, what, sections: config.sections(INFO.sections) })
    }

    /// The start of the targets of the place's lists.
    fn prefix(&self) -> String {
        self.place.as_ref().map_or_else(|| "reddit".to_owned(), |place| format!("reddit/r/{place}"))
    }

    fn target(&self) -> String {
        let prefix = self.prefix();
        match &self.what {
            What::Order(order, None) => format!("{prefix}/{order}"),
            What::Order(order, Some(span)) => format!("{prefix}/{order}/{span}"),
            What::Search(words) => format!("{prefix}/search:{words}"),
        }
    }

    fn title(&self) -> String {
        let place = self.place.as_ref().map(|place| format!("r/{place}, ")).unwrap_or_default();
        let what = match &self.what {
            What::Order(order, None) => order.clone(),
            What::Order(order, Some(span)) => format!("{order} ({span})"),
            What::Search(words) => format!("“{}”", crate::markup::clean_line(words)),
        };
        place + &what
    }

    /// A tab: an order of the same place, or a subreddit from the reader's config.
    fn tab(&self, section: &String) -> Tab {
        let is_here = matches!(&self.what, What::Order(order, _) if order == section);
        let target = if is_here {
            self.target()
        } else if section.starts_with("r/") {
            format!("reddit/{section}")
        } else {
            format!("{}/{section}", self.prefix())
        };
        Tab { label: section.clone(), target }
    }

    /// The path and the query of the list.
    fn path(&self, is_page: bool) -> String {
        let mut query = Serializer::new(String::new());
        let place = match &self.place {
            Some(place) => format!("/r/{place}"),
            None if is_page || matches!(self.what, What::Search(_)) => String::new(),
            None => "/r/popular".to_owned(),
        };
        let path = match &self.what {
            What::Order(order, span) => {
                query.extend_pairs(span.iter().map(|span| ("t", span)));
                format!("{place}/{order}")
            }
            What::Search(words) => {
                query.append_pair("q", words).append_pair("type", "link");
                query.extend_pairs(self.place.iter().map(|_| ("restrict_sr", "1")));
                format!("{place}/search")
            }
        };
        let query = query.finish();
        format!("{path}{}{query}", if query.is_empty() { "" } else { "?" })
    }

    /// The advice to a reader without a client id.
    fn instead(&self) -> String {
        let (path, query) = self
            .path(true)
            .split_once('?')
            .map_or((self.path(true), String::new()), |(path, query)| (path.to_owned(), format!("?{query}")));
        format!(
            "open https://www.reddit.com{path}.json{query} in a browser where you are logged in, save it, and open the \
             file with lurker"
        )
    }
}

impl ListTarget for Front {
    fn heading(&self) -> Heading {
        Heading {
            target: self.target(),
            url: format!("{}{}", self.account.pages(), self.path(true)),
            tabs: self.sections.iter().map(|section| self.tab(section)).collect(),
            search: Some(format!("{}/search:", self.prefix())),
            ..INFO.heading(&self.title())
        }
    }

    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>> {
        let path = self.path(false);
        let sign = if path.contains('?') { '&' } else { '?' };
        let mut query = Serializer::new(String::new());
        query.append_pair("limit", PAGE).append_pair("raw_json", "1");
        query.extend_pairs(from.map(|after| ("after", after)));
        let url = format!("{}{path}{sign}{}", self.account.interface(), query.finish());
        Box::new(RedditListLoader::new(self.account.clone(), url, self.heading(), &self.instead()))
    }
}
