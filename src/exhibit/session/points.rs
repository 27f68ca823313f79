//! A person's own points in a session, edited where they are drawn.

use super::{Session, SessionError};
use crate::exhibit::{Edit, Kind, Value, points, text};

impl Session {
    /// The training points that a person can edit in a view: own ones in the
    /// order given, else the drawn ones. None where a view draws none.
    pub fn points(&self, view: &str) -> Option<Vec<[f64; 2]>> {
        let drawn = self.exhibit.points(view)?;
        Some(match self.own_points()? {
            (_, own) if !own.is_empty() => own.to_vec(),
            _ => drawn,
        })
    }

    /// The knob that takes own points, and what it holds.
    fn own_points(&self) -> Option<(&'static str, &[[f64; 2]])> {
        self.settings.iter().find_map(|(knob, value)| match value {
            Value::Points(own) => Some((knob.name, &own[..])),
            _ => None,
        })
    }

    /// Index in [`Session::points`] of the point nearest to `at`, if one lies
    /// within an ellipse of half-axes `reach`, all in data coordinates.
    pub fn point_near(&self, view: &str, at: [f64; 2], reach: [f64; 2]) -> Option<usize> {
        points::nearest(&self.points(view)?, at, reach)
    }

    /// Changes one training point, and starts the run anew. Drawn points
    /// become own ones with it: from then on the function behind them counts
    /// as unknown. The new place is rounded to about a thousandth of what the
    /// axes show. Returns the index of the point.
    ///
    /// # Errors
    /// [`SessionError`] if the view draws no points, there is no such point,
    /// there would be none or too many, or it would lie too far out;
    /// everything is then as it was.
    pub fn edit_point(&mut self, view: &str, edit: Edit) -> Result<usize, SessionError> {
        let refused = |words: &str| SessionError::Refused(words.to_owned());
        let view = self.view(view)?;
        let nothing = || {
            refused(&format!(
                "{}: there are no points to edit in this view.",
                view.name
            ))
        };
        let mut points = self.points(view.name).ok_or_else(nothing)?;
        let (name, own) = self.own_points().ok_or_else(nothing)?;
        if own.is_empty() {
            let drawn = points.clone();
            for point in &mut points {
                *point = points::rounded(*point, &drawn);
            }
        }
        let most = match self.settings.knob(name)?.kind {
            Kind::Points { most, .. } => most,
            _ => 0,
        };
        let index = match edit {
            Edit::Add(_) => points.len(),
            Edit::Move(index, _) | Edit::Remove(index) => index,
        };
        match edit {
            Edit::Add(_) if points.len() >= most => {
                return Err(refused(&format!(
                    "There are {} already; no more can be used.",
                    text::points(points.len())
                )));
            }
            Edit::Add(at) => points.push(points::rounded(at, &points)),
            Edit::Move(..) | Edit::Remove(_) if index >= points.len() => {
                return Err(refused(&format!(
                    "There is no point {}; there are {}.",
                    index.saturating_add(1),
                    points.len()
                )));
            }
            Edit::Move(_, at) => points[index] = points::rounded(at, &points),
            Edit::Remove(_) if points.len() == 1 => {
                return Err(refused(
                    "The last point cannot be removed: there would be nothing to learn.",
                ));
            }
            Edit::Remove(_) => {
                points.remove(index);
            }
        }
        self.set(name, &points::text(&points))?;
        Ok(index)
    }
}
