//! Where the system sets all colours, nothing that a person has to see is a
//! background that has gone.

use browser_tests::{Engine, Options, Origin, check_with, claims, skip};
use serde_json::json;

claims! {
    full:
        states_and_values_stay_visible;
}

/// Parts that a background alone makes visible, and the part behind each.
const PARTS: &str = "
    element.set('gate', 'hard');
    const [on, off] = [...document.querySelectorAll('.themes button')]
      .sort((one, other) => (other.ariaPressed === 'true') - (one.ariaPressed === 'true'));
    const background = (part) => getComputedStyle(part).backgroundColor;
    const alpha = (colour) => Number(/rgba\\(.*, *([\\d.]+)\\)/.exec(colour)?.[1] ?? 1);
    // What is behind a part that is not opaque.
    const behind = (part) => {
      for (let one = part; one; one = one.parentElement ?? one.getRootNode().host) {
        if (alpha(background(one)) > 0.5) return background(one);
      }
      return background(document.documentElement);
    };
    const inside = (selector) => root.querySelector(selector);
    const pairs = {
      play: [background(inside('.play')), behind(inside('.run'))],
      'glyph of play': [getComputedStyle(inside('.play')).color, background(inside('.play'))],
      track: [background(inside('.track')), behind(inside('.slider'))],
      fill: [background(inside('.fill')), behind(inside('.slider'))],
      limit: [background(inside('.limit-mark')), behind(inside('.slider'))],
      'switch that is on': [background(inside('.pill')), behind(inside('.switch'))],
      'its thumb': [background(inside('.thumb')), background(inside('.pill'))],
      chosen: [background(inside('.segments [aria-checked=true]')), behind(inside('.segments [aria-checked=false]'))],
      theme: [behind(on), behind(off)],
    };
    element.set('gate', 'off');
    await new Promise((done) => setTimeout(done, 300));
    pairs['thumb of a switch that is off'] = [background(inside('.thumb')), behind(inside('.pill'))];
    const unseen = Object.entries(pairs).filter(([, [one, other]]) => one === other || alpha(one) < 0.5);
    return { forced: matchMedia('(forced-colors: active)').matches, unseen, checked: Object.keys(pairs).length };";

fn states_and_values_stay_visible(engine: Engine) {
    if engine == Engine::Webkit {
        skip(
            engine,
            "colours that the system sets",
            "WebKit has no such mode",
        );
        return;
    }
    let forced = Options {
        forced_colors: true,
        ..Options::of(engine)
    };
    check_with(&forced, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.pause()?;
        let found = exhibit.call(PARTS, &[])?;
        assert_eq!(found["forced"], true, "{found}");
        assert_eq!(found["checked"], 10);
        assert_eq!(found["unseen"], json!([]));
        Ok(())
    });
}
