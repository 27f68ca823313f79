//! Plays a scenario, and checks after every action what has to be true.

use super::look;
use super::sentence::answer;
use super::{Action, Scenario};
use ntk_playground::exhibit::{Effect, Reading, Session, SessionError, Settings, Status};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// What playing has come to.
#[derive(Debug, Default, Clone)]
pub struct Played {
    /// The actions so far, with the steps that were in fact taken.
    pub actions: Vec<Action>,
    /// The link of the run, as far as it came.
    pub link: String,
    /// Why it did not open, which is no fault.
    pub refused: Option<String>,
    pub opening: Duration,
    pub slowest_step: Duration,
    pub slowest_draw: Duration,
    /// View and link of the slowest draw, link of the slowest step.
    pub slowest_at: [String; 2],
}

/// What may not change when something is refused.
#[derive(Debug, PartialEq)]
struct State {
    settings: Settings,
    step: u64,
    target: u64,
    link: String,
    status: Status,
    readings: Vec<(&'static str, u64)>,
}

/// Plays a scenario; no action begins after `limit`.
///
/// # Errors
/// What is wrong, in words. `played` says what was done until then.
pub fn play(scenario: &Scenario, limit: Duration, played: &mut Played) -> Result<(), String> {
    let started = Instant::now();
    let opened = Session::open(scenario.kind.name, &scenario.parameters);
    played.opening = started.elapsed();
    let session = match opened {
        Ok(session) => session,
        Err(error) => {
            let text = error.to_string();
            played.refused = Some(text.clone());
            return answer(&text).map_err(|e| format!("refused to open: {e}"));
        }
    };
    let mut player = Player {
        session,
        played,
        drawn: HashMap::new(),
        end: started + limit,
    };
    player.notes()?;
    player.look(1)?;
    for (i, action) in scenario.actions.iter().enumerate() {
        if Instant::now() > player.end {
            break;
        }
        player.played.link = player.session.link();
        player.played.actions.push(action.clone());
        player.act(action, i)?;
    }
    player.played.link = player.session.link();
    player.look(2)?;
    player.replay()
}

struct Player<'a> {
    session: Session,
    played: &'a mut Played,
    /// Views as they were last drawn, with their revisions.
    drawn: HashMap<&'static str, (u64, String)>,
    end: Instant,
}

impl Player<'_> {
    fn act(&mut self, action: &Action, turn: usize) -> Result<(), String> {
        let session = &mut self.session;
        match action {
            Action::Advance(steps) => self.advance(*steps),
            Action::Set(name, text) => {
                self.attempt(|s| s.set(name, text).map(|_| ()), Some(name.as_str()))
            }
            Action::Compare(name, text) => {
                self.attempt(|s| s.compare(name, text).map(|_| ()), None)
            }
            Action::Reset => self.attempt(Session::reset, None),
            Action::Edit(view, edit) => {
                self.attempt(|s| s.edit_point(view, *edit).map(|_| ()), None)
            }
            Action::Alone => {
                let before = digits(&session.exhibit().readings());
                session.clear_comparison();
                match digits(&session.exhibit().readings()) == before {
                    true => Ok(()),
                    false => Err("without the second run the first is another".into()),
                }
            }
            Action::Probe(view, probe) => {
                session.probe(view, *probe);
                self.draw(view, turn)
            }
            Action::Draw(view) => self.draw(view, turn),
            Action::Look => self.look(1),
            Action::Export => export(session),
            Action::Replay => self.replay(),
        }
    }

    fn notes(&self) -> Result<(), String> {
        let mut notes = self.session.notes().iter();
        notes.try_for_each(|note| answer(note).map_err(|e| format!("note: {e}")))
    }

    fn advance(&mut self, steps: u64) -> Result<(), String> {
        let known = self.session.notes().len();
        for taken in 0..steps {
            let (before, ready) = (self.session.step_count(), self.session.status());
            let started = Instant::now();
            let count = self.session.advance(1, || true);
            let time = started.elapsed();
            if time > self.played.slowest_step {
                self.played.slowest_step = time;
                self.played.slowest_at[0] = self.session.link();
            }
            if count != self.session.step_count() - before {
                return Err(format!("{count} steps from {before}"));
            }
            let now = self.session.status();
            if count == 0 && now == Status::Ready {
                return Err("no step, and no reason".into());
            }
            if count > 0 && ready != Status::Ready {
                return Err("a step after the end".into());
            }
            let over = now != Status::Ready;
            if over || Instant::now() > self.end {
                self.shorten(taken + 1);
                break;
            }
        }
        if self.session.notes().len() > known {
            self.notes()?;
        }
        Ok(())
    }

    fn shorten(&mut self, steps: u64) {
        if let Some(Action::Advance(told)) = self.played.actions.last_mut() {
            *told = steps;
        }
    }

    /// Does what may be refused, and then everything has to be as it was.
    fn attempt(
        &mut self,
        what: impl FnOnce(&mut Session) -> Result<(), SessionError>,
        knob: Option<&str>,
    ) -> Result<(), String> {
        let before = state(&mut self.session);
        let outcome = what(&mut self.session);
        let Err(error) = outcome else {
            return self.accepted(&before, knob);
        };
        answer(&error.to_string()).map_err(|e| format!("refused: {e}"))?;
        let after = state(&mut self.session);
        match before == after {
            true => Ok(()),
            false => Err(format!(
                "refused ({error}), yet something is not as it was:\n{before:?}\n{after:?}"
            )),
        }
    }

    fn accepted(&mut self, before: &State, knob: Option<&str>) -> Result<(), String> {
        for (knob, value) in self.session.settings().iter() {
            let text = value.to_string();
            let again = knob.parse(&text).map_err(|e| e.to_string())?;
            if again.value != *value || again.note.is_some() {
                return Err(format!("{}: {text} reads back as {again:?}", knob.name));
            }
        }
        let Some(Ok(knob)) = knob.map(|name| self.session.settings().knob(name)) else {
            return Ok(());
        };
        let step = self.session.step_count();
        if knob.effect == Effect::View && step != before.step {
            return Err(format!("{} only shows, yet steps are lost", knob.name));
        }
        Ok(())
    }

    fn draw(&mut self, view: &str, turn: usize) -> Result<(), String> {
        let sizes = &look::SIZES[turn % 4..=turn % 4];
        let Ok(view) = self.session.view(view) else {
            return match self.session.chart(view) {
                Some(_) => Err(format!("{view} is no view, yet it is drawn")),
                None => Ok(()),
            };
        };
        self.view(view.name, sizes)
    }

    fn view(&mut self, view: &'static str, sizes: &[(f64, f64)]) -> Result<(), String> {
        let revision = self.session.revision(view);
        let started = Instant::now();
        let chart = self.session.chart(view);
        let time = started.elapsed();
        if time > self.played.slowest_draw {
            self.played.slowest_draw = time;
            self.played.slowest_at[1] = format!("{view} of {}", self.session.link());
        }
        let chart = chart.ok_or_else(|| format!("{view}: nothing to show"))?;
        look::chart(&chart, sizes).map_err(|e| format!("view {view}: {e}"))?;
        // A repetition is there for its result: its pictures may be late.
        let heats = self.session.exhibit().readings();
        if heats
            .iter()
            .any(|r| r.name == "seeds-done" && r.value > 0.0)
        {
            return Ok(());
        }
        let written = format!("{chart:?}");
        match self.drawn.insert(view, (revision, written.clone())) {
            Some((known, before)) if known == revision && before != written => Err(format!(
                "view {view} has changed, its revision {revision} has not:\n{}",
                difference(&before, &written)
            )),
            _ => Ok(()),
        }
    }

    fn look(&mut self, sizes: usize) -> Result<(), String> {
        look::texts(&mut self.session)?;
        for view in self.session.kind().views {
            self.view(view.name, &look::SIZES[..sizes])?;
        }
        Ok(())
    }

    /// The link opens the same run, to the digit.
    fn replay(&mut self) -> Result<(), String> {
        let link = self.session.link();
        if self.session.link_note().is_some() || Instant::now() > self.end {
            return Ok(());
        }
        let pairs: Vec<(String, String)> = link
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .filter(|(name, _)| *name != "exhibit")
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let opened = Session::open(self.session.kind().name, &pairs);
        let mut again = opened.map_err(|e| format!("the link {link} does not open: {e}"))?;
        again.advance(again.target(), || true);
        // This is no fault of the link: one may say that both runs are the same.
        let complaint = again.notes().iter().find(|note| !note.ends_with("so far."));
        if let Some(note) = complaint {
            return Err(format!("the link {link} opens with a note: {note}"));
        }
        // The step at which a run breaks down is not taken, and no part of a link.
        if matches!(self.session.status(), Status::Failed(_)) && again.status() == Status::Ready {
            again.advance(1, || true);
        }
        let (now, then) = (state(&mut self.session), state(&mut again));
        if now.link != then.link {
            return Err(format!("{link} replays as {}", then.link));
        }
        if now.status != then.status || now.readings != then.readings {
            let differs = |(a, b): &(&(&str, u64), &(&str, u64))| a != b;
            let mut pairs = now.readings.iter().zip(&then.readings);
            let name = pairs.find(differs).map(|(a, _)| a.0);
            return Err(format!(
                "{link} replays otherwise: {name:?}, {:?}, {:?}",
                now.status, then.status
            ));
        }
        Ok(())
    }
}

fn digits(readings: &[Reading]) -> Vec<(&'static str, u64)> {
    readings
        .iter()
        .map(|r| (r.name, r.value.to_bits()))
        .collect()
}

fn state(session: &mut Session) -> State {
    let mut readings = digits(&session.exhibit().readings());
    readings.extend(digits(&session.comparison_readings().unwrap_or_default()));
    State {
        settings: session.settings().clone(),
        step: session.step_count(),
        target: session.target(),
        link: session.link(),
        status: session.status(),
        readings,
    }
}

fn export(session: &mut Session) -> Result<(), String> {
    let csv = session.csv();
    if !csv.contains(&session.link()) {
        return Err("the CSV does not say its link".into());
    }
    match serde_json::from_str::<serde_json::Value>(&session.json()) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("the JSON is none: {error}")),
    }
}

/// What two texts do not share, in short.
fn difference(a: &str, b: &str) -> String {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| -> String {
        let tail = text.as_bytes()[same.saturating_sub(60).min(text.len())..].iter();
        String::from_utf8_lossy(&tail.take(160).copied().collect::<Vec<u8>>()).into_owned()
    };
    format!("{}\n{}", from(a), from(b))
}
