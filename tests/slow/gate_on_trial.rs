//! What the page says about the gate, on fewer seeds than it asks of a reader.
//! Orderings only; figures come from the studies.

use ntk_playground::exhibit::Session;

/// Ratios of given arms' outcomes to the first arm's, in each of five heats.
fn ratios<const N: usize>(
    exhibit: &str,
    knobs: &[(&str, &str)],
    arms: [usize; N],
) -> [Vec<f64>; N] {
    let owned: Vec<(String, String)> = knobs
        .iter()
        .chain(&[("seeds", "5")])
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let mut session = Session::open(exhibit, &owned).expect("settings that go together");
    session.advance(u64::MAX, || true);
    let columns = session.exhibit().chart("paired").expect("a view").columns;
    arms.map(|arm| {
        let name = format!("arm{arm}-ratio");
        let column = columns.iter().find(|column| column.name == name);
        let ratios = column.expect("a column").values.clone();
        assert_eq!(ratios.len(), 5);
        ratios
    })
}

fn below_one(ratios: &[f64]) -> usize {
    ratios.iter().filter(|ratio| **ratio < 1.0).count()
}

/// High noise, Adam, all points in every step: the gated run ends below the
/// ungated one, and a mask by lot that counts for itself below that.
#[test]
fn at_high_noise_the_gate_helps_and_a_coin_helps_more() {
    let only = [("arm3.rule", "absent"), ("arm5.rule", "absent")];
    let [gate, own] = ratios("race", &only, [2, 4]);
    assert_eq!(below_one(&gate), 5, "{gate:?}");
    let closer = own.iter().zip(&gate).filter(|(own, gate)| own < gate);
    assert_eq!(closer.count(), 5, "{own:?} {gate:?}");
}

/// Little noise: there is little to gain by stopping early and much to lose.
#[test]
fn at_little_noise_the_gate_does_harm() {
    let only = [
        ("noise", "0.1"),
        ("optimiser", "gd"),
        ("arm3.rule", "absent"),
        ("arm4.rule", "absent"),
        ("arm5.rule", "absent"),
    ];
    let [gate] = ratios("race", &only, [2]);
    assert_eq!(below_one(&gate), 0, "{gate:?}");
}

/// Few collocation points: the snr gate ends closer to the solution, a random
/// mask of its openness further away.
#[test]
fn on_an_equation_the_snr_gate_helps_and_its_control_does_not() {
    let only = [("arm2.rule", "absent"), ("arm5.rule", "absent")];
    let [gate, random] = ratios("race-pinn", &only, [3, 4]);
    assert_eq!(below_one(&gate), 5, "{gate:?}");
    assert_eq!(below_one(&random), 0, "{random:?}");
}
