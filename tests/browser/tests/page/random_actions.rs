//! Whatever a person does, in whatever order, the page lives, and every exhibit
//! shows numbers or says why not.
//!
//! The actions follow from a seed. A long run of other seeds is a command:
//! `cargo xtask actions --seed N --actions 1000`.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Element, Engine, Origin, check, claims};
use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use serde_json::json;

claims! {
    full:
        whatever_a_person_does_the_page_lives;
}

/// Seed and number of actions, where nothing else is asked for.
const SEED: u64 = 1;
const ACTIONS: u64 = 60;
/// Actions on a page before the next one is opened: at least so many, and in a
/// long run a tenth of all.
const SCENE: u64 = 30;
/// Actions that are told when something is wrong.
const TOLD: usize = 25;

/// Two exhibits and their ledgers, in a column that can change its width.
const PAIR: &str = "<div><ntk-playground id=one exhibit=spectrum></ntk-playground>
    <ntk-ledger for=one></ntk-ledger></div>
    <div><ntk-playground id=two exhibit=channel views=none autoplay></ntk-playground></div>";

fn whatever_a_person_does_the_page_lives(engine: Engine) {
    let asked = |name, usual| std::env::var(name).map_or(Ok(usual), |text| text.parse::<u64>());
    check(engine, |browser| {
        let seed = asked("ACTIONS_SEED", SEED).context("ACTIONS_SEED")?;
        let actions = asked("ACTIONS", ACTIONS).context("ACTIONS")?;
        println!("{engine}: {actions} actions from seed {seed}");
        let origin = Origin::modules()?
            .page("look.js", include_str!("look.js"))
            .module("random_actions.js", include_str!("random_actions.js"))
            .elements("pair.html", PAIR)
            .serve()?;
        let scene = SCENE.max(actions / 10);
        let mut wrong = Vec::new();
        for number in 0..actions.div_ceil(scene) {
            let address = match number % 2 {
                0 => origin.test_address("pair.html"),
                _ => origin.address(""),
            };
            let mut person = Person::new(browser, seed, number);
            // What breaks one page says nothing of the next.
            if let Err(error) = person.play(&address, scene.min(actions - number * scene)) {
                let last = &person.did[person.did.len().saturating_sub(TOLD)..];
                let told = format!(
                    "seed {seed}, page {number}: {error:#}\nafter\n  {}",
                    last.join("\n  ")
                );
                println!("{engine}: {told}");
                wrong.push(told);
                browser.forget_errors();
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
        Ok(())
    });
}

/// Who acts, on one page.
struct Person<'a> {
    browser: &'a Browser,
    random: ChaCha8Rng,
    keys: Vec<String>,
    did: Vec<String>,
}

impl<'a> Person<'a> {
    fn new(browser: &'a Browser, seed: u64, number: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        // A page does the same whatever came before it.
        random.set_stream(number);
        Self {
            browser,
            random,
            keys: Vec::new(),
            did: Vec::new(),
        }
    }

    fn play(&mut self, address: &str, count: u64) -> Result<()> {
        self.browser.resize(1366, 768)?;
        self.browser.open(address)?;
        self.browser
            .wait("the script", 10.0, "return Boolean(window.stillWorks)", &[])?;
        let keys = self.browser.run("return await keys()", &[])?;
        self.keys = serde_json::from_value(keys)?;
        self.browser.run("return await prepare()", &[])?;
        for _ in 0..count {
            let did = self.act();
            // What failed is told as well.
            if did.is_err() {
                self.did.push("this one".into());
            }
            self.did.push(did?);
            self.holds("return await wrong()")?;
        }
        self.holds("return await stillWorks()")
    }

    fn holds(&self, script: &str) -> Result<()> {
        let wrong: Vec<String> = serde_json::from_value(self.browser.run(script, &[])?)?;
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    }

    /// One action; answers what it was. So many numbers are drawn for each,
    /// whatever they decide: what follows does not depend on what a page had
    /// to offer when.
    fn act(&mut self) -> Result<String> {
        let n: [u32; 6] = std::array::from_fn(|_| self.random.next_u32());
        match n[0] % 100 {
            0..32 => self.real("button", n[1], |browser, _| {
                browser.click(&picked(browser)?)?;
                Ok("click".into())
            }),
            32..39 => self.real("option", n[1], |browser, _| {
                browser.click(&picked(browser)?)?;
                Ok("choose".into())
            }),
            39..54 => self.key(&n),
            54..59 => self.real("slider", n[1], |browser, _| drag(browser, &n)),
            59..62 => self.real("picture", n[1], |browser, _| drag(browser, &n)),
            62..68 => self.real("picture", n[1], |browser, _| {
                let off = |number: u32, most: u32| (number % (2 * most)) as i32 - most as i32;
                browser.hover(&picked(browser)?, off(n[2], 120), off(n[3], 60))?;
                Ok("hover".into())
            }),
            68..71 => self.real("focus", n[1], |browser, engine| {
                // WebKit's driver has no wheel.
                if engine != Engine::Webkit {
                    browser.wheel(
                        &picked(browser)?,
                        if n[2].is_multiple_of(2) { 300 } else { -300 },
                    )?;
                }
                Ok("wheel".into())
            }),
            71..75 => self.real("field", n[1], |browser, _| {
                let typed = [
                    "12",
                    "zzz\u{e007}",
                    "0.5, 1\u{e004}",
                    "64-64\u{e007}",
                    "\u{e003}\u{e003}",
                ];
                let text = typed[n[2] as usize % typed.len()];
                browser.keys(&picked(browser)?, text)?;
                Ok(format!("type {text:?}"))
            }),
            75..78 => {
                let (width, height) = (320 + n[1] % 1047, 400 + n[2] % 369);
                self.browser.resize(width, height)?;
                Ok(format!("window {width} x {height}"))
            }
            // What has no gesture.
            78..90 => self.script("attribute", &n),
            90..95 => self.script("method", &n),
            95..98 => self.script("tree", &n),
            _ => self.script("size", &n),
        }
    }

    /// Real input on something of a kind, if there is any.
    fn real(
        &self,
        kind: &str,
        number: u32,
        input: impl FnOnce(&Browser, Engine) -> Result<String>,
    ) -> Result<String> {
        let what = self
            .browser
            .run("return pick(...arguments)", &[json!(kind), json!(number)])?;
        let Some(what) = what.as_str() else {
            return Ok(format!("no {kind} is there"));
        };
        match input(self.browser, self.browser.engine()) {
            Ok(did) => Ok(format!("{did}: {what}")),
            Err(error) if is_miss(&error) => Ok(format!("out of reach: {what}")),
            Err(error) => Err(error.context(what.to_string())),
        }
    }

    /// A key, where the focus is or where it is put.
    fn key(&self, n: &[u32; 6]) -> Result<String> {
        const OTHERS: [(&str, &str); 16] = [
            ("Tab", "\u{e004}"),
            ("Enter", "\u{e007}"),
            ("Escape", "\u{e00c}"),
            ("ArrowUp", "\u{e013}"),
            ("ArrowDown", "\u{e015}"),
            ("ArrowLeft", "\u{e012}"),
            ("ArrowRight", "\u{e014}"),
            ("Home", "\u{e011}"),
            ("End", "\u{e010}"),
            ("PageUp", "\u{e00e}"),
            ("PageDown", "\u{e00f}"),
            ("Backspace", "\u{e003}"),
            ("1", "1"),
            ("7", "7"),
            ("9", "9"),
            ("z", "z"),
        ];
        let choose = n[3] as usize % (self.keys.len() + OTHERS.len());
        let mut name = self.keys.get(choose).map_or("", String::as_str);
        if name.is_empty() {
            name = OTHERS[choose - self.keys.len()].0;
        }
        // A window in front is mostly sent away, so that the page is reached.
        if n[4].is_multiple_of(2) && self.browser.run("return isCovered()", &[])? == true {
            name = "Escape";
        }
        let code = OTHERS.iter().find(|(other, _)| *other == name);
        let code = code.map_or(name, |(_, code)| code);
        if n[1].is_multiple_of(3) {
            self.browser.press(code)?;
            return Ok(format!("key {name}"));
        }
        self.real("focus", n[2], |browser, _| {
            browser.run("picked.focus()", &[])?;
            browser.press(code)?;
            Ok(format!("key {name}"))
        })
    }

    fn script(&self, kind: &str, n: &[u32; 6]) -> Result<String> {
        let did = self.browser.run(
            "return await act(...arguments)",
            &[json!(kind), json!(&n[1..])],
        )?;
        Ok(did.as_str().unwrap_or_default().to_string())
    }
}

fn picked(browser: &Browser) -> Result<Element> {
    browser.element("return picked", &[])
}

/// Points of the viewport on what is picked.
fn way(browser: &Browser, n: &[u32]) -> Result<Vec<(f64, f64)>> {
    let pairs: Vec<[u32; 2]> = n.chunks_exact(2).map(|two| [two[0], two[1]]).collect();
    let points = browser.run("return way(...arguments)", &[json!(pairs)])?;
    Ok(serde_json::from_value(points)?)
}

fn drag(browser: &Browser, n: &[u32; 6]) -> Result<String> {
    browser.drag(&way(browser, &n[2..6])?, 20)?;
    Ok("drag".into())
}

/// Whether input did not reach what it was meant for, as happens to people:
/// something lies over it, or it has gone.
fn is_miss(error: &anyhow::Error) -> bool {
    let misses = [
        "element click intercepted",
        "element not interactable",
        "stale element reference",
        "detached shadow root",
        "no such element",
        "move target out of bounds",
        "there is no such element",
    ];
    let text = format!("{error:#}");
    misses.iter().any(|miss| text.contains(miss))
}
