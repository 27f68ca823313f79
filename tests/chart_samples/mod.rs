//! Charts to test the renderer with.

use ntk_playground::chart::{
    Axis, Bar, BarFill, Chart, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side,
};

/// A chart of the given parts.
pub fn chart(x: Axis, y: Axis, marks: Vec<Mark>, labels: Vec<Label>) -> Chart {
    Chart {
        view: "test",
        title: Vec::new(),
        reading: Vec::new(),
        x,
        y,
        marks,
        labels,
        description: String::new(),
        columns: Vec::new(),
    }
}

/// One mark of every kind through the given numbers.
pub fn marks(values: &[f64]) -> Vec<Mark> {
    let points: Vec<[f64; 2]> = values
        .iter()
        .enumerate()
        .map(|(i, y)| [i as f64, *y])
        .collect();
    let swapped = points.iter().map(|[x, y]| [*y, *x]).collect();
    let line = |dash, halo, points: &Vec<[f64; 2]>| Mark::Line {
        points: points.clone(),
        role: Role::Ink,
        width: 3.0,
        dash,
        halo,
    };
    let bar = |fill| {
        move |[x, value]: &[f64; 2]| Bar {
            x: *x,
            value: *value,
            fill,
        }
    };
    let mut out = vec![
        Mark::Heat {
            x: values.to_vec(),
            y: values.to_vec(),
            shades: values.to_vec(),
            role: Role::Signal,
        },
        Mark::Band {
            x: values.to_vec(),
            a: points.iter().map(|p| p[0]).collect(),
            b: values.to_vec(),
            role: Role::TestTint,
        },
        Mark::Bars {
            bars: points.iter().map(bar(BarFill::Channel)).collect(),
        },
        Mark::Bars {
            bars: points.iter().map(bar(BarFill::Reservoir)).collect(),
        },
        Mark::Bars {
            bars: points.iter().map(bar(BarFill::BelowResolution)).collect(),
        },
        Mark::BarTheory {
            points: points.clone(),
        },
        Mark::Sticks {
            sticks: points.iter().map(|[x, y]| [*x, 0.0, *y]).collect(),
            role: Role::Noise,
        },
        line(Dash::Solid, true, &points),
        line(Dash::Theory, false, &points),
        line(Dash::TestTheory, false, &points),
        line(Dash::Dotted, false, &swapped),
    ];
    for shape in [Shape::Disc, Shape::Ring, Shape::Diamond] {
        out.push(Mark::Points {
            points: points.clone(),
            shape,
            role: Role::Test,
        });
    }
    for at in values {
        for orientation in [Orientation::Horizontal, Orientation::Vertical] {
            for dash in [Dash::Solid, Dash::Dotted] {
                out.push(Mark::Rule {
                    orientation,
                    at: *at,
                    role: Role::Ink3,
                    dash,
                });
            }
        }
        out.push(Mark::Drop {
            at: [*at, *at],
            role: Role::Test,
        });
        out.push(Mark::Frame { x: *at });
    }
    out
}

/// One label of every kind at the given value.
pub fn labels(at: f64) -> Vec<Label> {
    let sides = [Side::Left, Side::Right, Side::Above, Side::Below];
    let mut places = vec![
        Place::End {
            at: [at, at],
            sample: None,
        },
        Place::End {
            at: [at, at * 1.01],
            sample: Some(Sample::Line {
                role: Role::Ink,
                dash: Dash::Theory,
            }),
        },
        Place::OnDrop { at },
        Place::Near {
            candidates: vec![],
            sides: vec![],
            leader: None,
        },
        Place::Near {
            candidates: vec![[at, 1.0]],
            sides: sides.to_vec(),
            leader: None,
        },
        Place::Near {
            candidates: vec![[at, 1.0]],
            sides: sides.to_vec(),
            leader: Some([1.0, at]),
        },
    ];
    for side in sides {
        places.push(Place::OnRule { at, side });
        places.push(Place::OnSplit { at, side });
        let line = Sample::Line {
            role: Role::Ink2,
            dash: Dash::Theory,
        };
        for sample in [
            Sample::Patch {
                role: Role::TestTint,
            },
            line,
            Sample::Hatch,
        ] {
            places.push(Place::Key { side, sample });
        }
    }
    let label = |(i, place)| Label {
        text: format!("label {i} <&\"'>"),
        role: Role::Ink,
        strong: i % 2 == 0,
        place,
    };
    places.into_iter().enumerate().map(label).collect()
}
