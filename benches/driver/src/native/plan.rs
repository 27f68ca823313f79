//! What is timed, at which sizes, beside which peers.

/// One size of the problem.
pub struct Case {
    pub name: &'static str,
    /// Points and widths, as the engine's program takes them.
    pub size: &'static str,
    pub points: usize,
    /// Runs in a round.
    pub runs: usize,
    /// Whether rates are told: of the arithmetic, not of what surrounds it.
    pub rates: bool,
}

pub const CASES: [Case; 2] = [
    Case {
        name: "n=64, 128-128-128",
        size: "64 128 128 128",
        points: 64,
        runs: 10,
        rates: false,
    },
    Case {
        name: "n=128, 256-256-256",
        size: "128 256 256 256",
        points: 128,
        runs: 3,
        rates: true,
    },
];

/// What a peer computes.
pub struct Peer {
    pub item: &'static str,
    pub words: &'static str,
    /// Runs in a round, if not those of the case.
    pub runs: Option<usize>,
    pub jax: bool,
}

/// What is timed of the engine, and which peers it stands beside.
pub struct Item {
    pub name: &'static str,
    pub words: &'static str,
    pub peers: &'static [Peer],
}

pub const ITEMS: [Item; 3] = [
    Item {
        name: "kernel",
        words: "K_SS",
        peers: &[
            Peer {
                item: "kernel",
                words: "JAX structured",
                runs: None,
                jax: true,
            },
            Peer {
                item: "jacobian",
                words: "JAX vmap(grad)",
                runs: Some(1),
                jax: true,
            },
            Peer {
                item: "blocks",
                words: "JAX vmap by block",
                runs: Some(1),
                jax: true,
            },
        ],
    },
    Item {
        name: "step",
        words: "GD step",
        peers: &[Peer {
            item: "step",
            words: "JAX",
            runs: None,
            jax: true,
        }],
    },
    Item {
        name: "eigen",
        words: "eigenbasis",
        peers: &[Peer {
            item: "eigen",
            words: "NumPy eigh",
            runs: None,
            jax: false,
        }],
    },
];

/// How fast the engine should be beside a peer.
pub fn goal(case: &Case, peer: &Peer) -> Option<&'static str> {
    match (peer.item, case.points) {
        ("kernel", _) => Some(">= 1"),
        ("jacobian", 64) => Some(">= 50"),
        ("eigen", 128) => Some("<= 1.3"),
        _ => None,
    }
}
