//! What texts become.

use super::front::Front;
use super::glossary::Glossary;
use super::links::Links;
use super::markdown::{Rendered, Renderer};
use super::{Book, Document};
use crate::build::tex::Formulas;
use anyhow::Result;

fn book() -> Result<Book> {
    let formulas = Formulas::new()?;
    let glossary = Glossary::read("[noise](hue:noise)\n: What is left.\n", &formulas)?;
    let document = |name: &str, page: &str| Document {
        name: name.to_owned(),
        text: format!(
            "# About {name}\n\nSee [model.md](model.md#b), `?exhibit=race&step=3`.\n\n## A, b\n"
        ),
        page: page.to_owned(),
    };
    Ok(Book {
        chapters: Vec::new(),
        documents: vec![
            document("model", "doc-model.html"),
            document("teaching", "teaching.html"),
        ],
        glossary,
        formulas,
        exhibits: [("race".to_owned(), "gate.html".to_owned())].into(),
        sections: [("gate-section".to_owned(), "gate.html".to_owned())].into(),
        commit: String::new(),
    })
}

fn chapter(text: &str) -> Result<Rendered> {
    let book = book()?;
    let links = Links::new(&book, "here.html", "here");
    Renderer::new(&book, links).chapter(text, "first", "<h1>Why?</h1>\n", None)
}

#[test]
fn text_and_notes_stand_beside_each_other_between_exhibits() -> Result<()> {
    let text = "```exhibit one\n```\n\n```try\na < b: k=1&l=2\n```\n\nProse $x$.\n\n> [!NOTE]\n> $$y$$\n>\n> Note.\n\n```claims\n```\n\n## More? {#more}\n\nEnd.\n";
    let rendered = chapter(text)?;
    let expected = [
        "<section id=\"first\">\n<h1>Why?</h1>\n<ntk-playground id=\"one\" data-page exhibit=\"one\" autoplay>",
        "data-for=\"one\" data-set=\"k=1&amp;l=2\">a &lt; b</button>",
        "data-for=\"one\" data-reset>Reset</button>",
        "<div class=\"columns\">\n<div>\n<p>Prose <math><mi>x</mi></math>.</p>\n</div>\n<div class=\"note\">\n<math display=\"block\"><mi>y</mi></math>\n<p>Note.</p>\n</div>\n</div>\n",
        "<ntk-ledger data-module=\"ledger\" id=\"one-ledger\" for=\"one\"></ntk-ledger>\n</section>\n<section id=\"more\">\n<h2>More?</h2>\n<div class=\"columns\">\n<div>\n<p>End.</p>",
    ];
    let mut rest = &rendered.html[..];
    for part in expected {
        let at = rest.find(part);
        rest = at
            .map(|at| &rest[at + part.len()..])
            .unwrap_or_else(|| panic!("{part}\nin\n{rest}"));
    }
    assert_eq!(rendered.exhibits, ["one"]);
    assert_eq!(rendered.sections, ["first", "one-ledger", "more"]);
    Ok(())
}

#[test]
fn words_have_hues_terms_open_and_links_lead_to_pages() -> Result<()> {
    let text = "[a](hue:test) [[noise|loud]] [g](#gate-section) [m](../docs/model.md#b) [c](../CONTRIBUTING.md) `?exhibit=race&k=1` `?exhibit=race&seed=N`";
    let rendered = chapter(text)?;
    for part in [
        "<span class=\"test\">a</span>",
        "class=\"term noise\" popovertarget=\"term-noise\">loud</button>",
        "<a href=\"gate.html#gate-section\">g</a>",
        "<a href=\"doc-model.html#model-b\">m</a>",
        " c <a href=\"gate.html?exhibit=race&amp;k=1\"><code>?exhibit=race&amp;k=1</code></a>",
        " <code>?exhibit=race&amp;seed=N</code>",
    ] {
        assert!(rendered.html.contains(part), "{part} in {}", rendered.html);
    }
    assert!(rendered.terms.contains("noise"));
    Ok(())
}

#[test]
fn a_document_keeps_its_title_apart_and_names_others_by_theirs() -> Result<()> {
    let book = book()?;
    let links = Links::new(&book, "teaching.html", "teaching");
    let text = &book.document("teaching")?.text;
    let rendered = Renderer::new(&book, links).document(text)?;
    assert_eq!(rendered.title, "About teaching");
    let expected = "<p>See <a href=\"doc-model.html#model-b\">About model</a>, <a href=\"gate.html?exhibit=race&amp;step=3\"><code>?exhibit=race&amp;step=3</code></a>.</p>\n<h2 id=\"teaching-a-b\">A, b</h2>\n";
    assert_eq!(rendered.html, expected);
    Ok(())
}

#[test]
fn what_is_wrong_in_a_text_is_named() {
    for (text, named) in [
        ("[[nois]]", "nois"),
        ("[a](hue:red)", "red"),
        ("$\\nonsense{x}$", "nonsense"),
        ("```try\na: k=1\n```", "without an exhibit"),
        (
            "```exhibit a\n```\n\n```exhibit a\n```",
            "a is here already",
        ),
        ("```exhibit a\n```\n\n```try\nk=1\n```", "k=1"),
        ("```document none\n```", "docs/none.md"),
        ("## No id", "{#id}"),
    ] {
        let error = chapter(text).expect_err(text);
        assert!(format!("{error:#}").contains(named), "{text}: {error:#}");
    }
}

#[test]
fn the_chapters_that_there_are_render() -> Result<()> {
    let book = Book::read(&crate::project::root())?;
    let count = book.chapters.len();
    assert_eq!(book.chapters()?.len(), count);
    let is_whole =
        |front: &Front| front.question.ends_with('?') && front.sentence.ends_with(['.', '?']);
    for chapter in &book.chapters {
        assert!(is_whole(&chapter.front), "{:?}", chapter.front);
    }
    Ok(())
}
