//! Preferences of the bandit follow the true reward but for the flips, which are nested; policies start as
//! their reference; divergence, reward and accuracy equal naive sums.

use crate::naive::normals;
use nalgebra::DMatrix;
use ntk_playground::network::{Forward, Mlp};
use ntk_playground::objective::Objective;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Judge, Preferences};
use ntk_playground::training::{BatchSampler, Gate, Optimiser, Trainer};

const WIDTHS: [usize; 2] = [16, 16];

fn outputs(mlp: &Mlp, states: &DMatrix<f64>) -> DMatrix<f64> {
    let mut forward = Forward::new();
    forward.run(mlp, states);
    forward.outputs
}

#[test]
fn the_better_action_comes_first() {
    for seed in [1, 2, 9] {
        let task = Preferences::new(100, 0.3, seed);
        assert_eq!(task.states.shape(), (8, 100));
        assert_eq!(task.test_states.shape(), (8, 1000));
        assert_eq!(task.rewards(&task.test_states), task.test_rewards);
        let rewards = task.rewards(&task.states);
        for (pairs, rewards) in [
            (&task.pairs, &rewards),
            (&task.test_pairs, &task.test_rewards),
        ] {
            assert_eq!(pairs.len(), rewards.ncols());
            for (i, &[better, worse]) in pairs.iter().enumerate() {
                assert!(rewards[(better, i)] > rewards[(worse, i)]);
            }
        }
        // Every action is drawn about as often as any other: 2000 of 8.
        for action in 0..8 {
            let drawn = task.test_pairs.iter().flatten();
            let count = drawn.filter(|a| **a == action).count();
            assert!((180..=320).contains(&count), "{action}: {count}");
        }
        let best = (0..1000).map(|i| {
            (0..8)
                .map(|a| task.test_rewards[(a, i)])
                .fold(-9.0, f64::max)
        });
        assert!((task.best_reward() - best.sum::<f64>() / 1000.0).abs() <= 1e-12);
        assert_eq!(task, Preferences::new(100, 0.3, seed));
        assert_ne!(task.states, Preferences::new(100, 0.3, seed + 1).states);
    }
}

/// Mean 0 and mean square 1, up to the 3000 states that are drawn here; not linear in the state.
#[test]
fn rewards_have_unit_variance() {
    for seed in 1..=5 {
        let task = Preferences::new(1, 0.0, seed);
        let states = normals(8, 3000, 77);
        let rewards = task.rewards(&states);
        let square = rewards.norm_squared() / rewards.len() as f64;
        assert!((square - 1.0).abs() < 0.05, "{square}");
        assert!(rewards.mean().abs() < 0.05);
        // r is odd, as tanh is, and bends: twice as far is less than twice the reward.
        assert!((task.rewards(&-&states) + &rewards).amax() <= 1e-12);
        let twice = task.rewards(&(&states * 2.0)).norm() / rewards.norm();
        assert!((1.3..1.8).contains(&twice), "{twice}");
    }
}

#[test]
fn a_larger_share_flips_the_same_pairs_and_more() {
    for (pairs, seed) in [(512, 1), (7, 2), (1, 3)] {
        let mut task = Preferences::new(pairs, 0.0, seed);
        assert!(!task.flipped.contains(&true));
        let mut before = task.flipped.clone();
        for share in [0.0, 0.1, 0.25, 0.3, 0.5, 0.9, 1.0] {
            task.set_flips(share);
            let count = task.flipped.iter().filter(|f| **f).count();
            assert_eq!(count, (share * pairs as f64).round() as usize);
            let kept = before
                .iter()
                .zip(&task.flipped)
                .all(|(was, is)| !was || *is);
            assert!(kept, "{share}");
            assert_eq!(task, Preferences::new(pairs, share, seed));
            before.clone_from(&task.flipped);
        }
        for (share, count) in [(-1.0, 0), (2.0, pairs), (f64::NAN, 0)] {
            task.set_flips(share);
            assert_eq!(task.flipped.iter().filter(|f| **f).count(), count);
        }
    }
    let flips = |seed| Preferences::new(512, 0.3, seed).flipped;
    assert_ne!(flips(1), flips(2));
}

#[test]
fn the_loss_takes_the_flips_of_the_task() {
    let task = Preferences::new(40, 0.3, 4);
    let reference = task.reference(&WIDTHS, 4).unwrap();
    let loss = task.loss(&reference, 0.2).unwrap();
    assert_eq!((loss.examples(), loss.outputs(), loss.beta()), (40, 8, 0.2));
    let logits = outputs(&reference, &task.states);
    for (i, comparison) in loss.comparisons().iter().enumerate() {
        let [better, worse] = task.pairs[i];
        let [winner, loser] = if task.flipped[i] {
            [worse, better]
        } else {
            [better, worse]
        };
        assert_eq!([comparison.winner, comparison.loser], [winner, loser]);
        let exact = logits[(winner, i)] - logits[(loser, i)];
        assert_eq!(comparison.reference, exact);
    }
    assert!(task.loss(&reference, -1.0).is_err());
}

#[test]
fn the_reference_is_better_than_chance_and_not_the_best() {
    let task = Preferences::new(10, 0.3, 5);
    let reference = task.reference(&[64, 64], 6).unwrap();
    assert_eq!(
        reference.architecture(),
        &Preferences::architecture(&[64, 64])
    );
    let judgement = Judge::new(&task, &reference).judge(&reference);
    let best = task.best_reward();
    let share = judgement.reward / best;
    assert!(
        (0.3..0.8).contains(&share),
        "{} of {best}",
        judgement.reward
    );
    assert!(
        (0.7..0.9).contains(&judgement.ranking),
        "{}",
        judgement.ranking
    );
    // Neither flips nor the number of pairs have to do with it.
    assert_eq!(
        reference,
        Preferences::new(20, 0.0, 5)
            .reference(&[64, 64], 6)
            .unwrap()
    );
    assert_ne!(reference, task.reference(&[64, 64], 7).unwrap());
    let refusal = task.reference(&[16, 0], 1).unwrap_err();
    assert!(refusal.to_string().ends_with('.'));
}

#[test]
fn a_policy_starts_as_its_reference() {
    let task = Preferences::new(64, 0.3, 2);
    let reference = task.reference(&WIDTHS, 3).unwrap();
    let mut judge = Judge::new(&task, &reference);
    let at_start = judge.judge(&reference);
    assert_eq!((at_start.divergence, at_start.accuracy), (0.0, 0.5));
    let mut loss = task.loss(&reference, 0.2).unwrap();
    let all: Vec<usize> = (0..64).collect();
    let sampler = BatchSampler::new(64, 64, stream(2, Stream::Batches));
    let states = task.states.clone();
    let mut trainer = Trainer::new(
        reference.clone(),
        states,
        false,
        sampler,
        stream(2, Stream::Mask),
    );
    for flips in [0.0, 0.3, 1.0] {
        let mut task = task.clone();
        task.set_flips(flips);
        loss.set_flipped(&task.flipped).unwrap();
        let value = loss.value(&outputs(&reference, &task.states), &all);
        assert!((value - 2.0_f64.ln()).abs() <= 1e-15, "{value}");
    }
    loss.set_flipped(&task.flipped).unwrap();
    trainer
        .set_optimiser(Optimiser::adam(0.9, 0.99, 1e-8))
        .unwrap();
    let first = trainer.step(&loss, 1e-3, Gate::Off).unwrap();
    assert!((first.value - 2.0_f64.ln()).abs() <= 1e-15);
    for _ in 0..100 {
        trainer.step(&loss, 1e-3, Gate::Hard).unwrap();
    }
    let later = judge.judge(trainer.mlp());
    assert!(later.divergence > 1e-3 && later.accuracy > 0.5, "{later:?}");
    assert_eq!(judge.judge(&reference), at_start);
}

/// Everything that a judge says, by its definition, for policies near the reference and far from it.
#[test]
fn judgements_equal_naive_sums() {
    let task = Preferences::new(5, 0.0, 8);
    let reference = task.reference(&WIDTHS, 8).unwrap();
    let judge = Judge::new(&task, &reference);
    let at_reference = outputs(&reference, &task.test_states);
    let softmax = |u: &DMatrix<f64>, i: usize| {
        let e: Vec<f64> = u.column(i).iter().map(|u| u.exp()).collect();
        let sum: f64 = e.iter().sum();
        e.into_iter().map(|e| e / sum).collect::<Vec<f64>>()
    };
    for size in [1e-3, 0.5, 3.0] {
        let logits = &at_reference + normals(8, 1000, 12) * size;
        let (mut kl, mut reward, mut accuracy, mut ranking) = (0.0, 0.0, 0.0, 0.0);
        for i in 0..1000 {
            let (pi, of_reference) = (softmax(&logits, i), softmax(&at_reference, i));
            for a in 0..8 {
                kl += pi[a] * (pi[a] / of_reference[a]).ln() / 1000.0;
                reward += pi[a] * task.test_rewards[(a, i)] / 1000.0;
            }
            let [w, l] = task.test_pairs[i];
            let implicit = |a: usize| (pi[a] / of_reference[a]).ln();
            accuracy += f64::from(u8::from(implicit(w) > implicit(l))) / 1000.0;
            ranking += f64::from(u8::from(pi[w] > pi[l])) / 1000.0;
        }
        let judgement = judge.judge_logits(&logits);
        for (got, exact) in [
            (judgement.divergence, kl),
            (judgement.reward, reward),
            (judgement.accuracy, accuracy),
            (judgement.ranking, ranking),
        ] {
            assert!((got - exact).abs() <= 1e-12, "{size}: {got} {exact}");
        }
        // A constant added to all logits of a state is no other policy.
        let lifted = judge.judge_logits(&logits.map(|u| u + 700.0));
        assert!((lifted.divergence - judgement.divergence).abs() <= 1e-10);
        assert!((lifted.reward - judgement.reward).abs() <= 1e-10);
    }
    // Certain of the best action: the best reward, at a finite distance.
    let mut certain = DMatrix::zeros(8, 1000);
    let mut kl = 0.0;
    for i in 0..1000 {
        let best =
            (0..8).max_by(|a, b| task.test_rewards[(*a, i)].total_cmp(&task.test_rewards[(*b, i)]));
        let best = best.unwrap();
        certain[(best, i)] = 1e5;
        kl -= softmax(&at_reference, i)[best].ln() / 1000.0;
    }
    let judgement = judge.judge_logits(&certain);
    assert!((judgement.reward - task.best_reward()).abs() <= 1e-12);
    assert!((judgement.divergence - kl).abs() <= 1e-12);
}
