#!/usr/bin/env python3
"""Writes pinn.json, the numbers that tests/jets_agree_with_jax.rs compares with.

The network of generate.py, with its derivatives along the first input by JAX's
own nested differentiation, in float64 on the CPU. Regenerate with

    pip install jax==0.10.2 && python3 tests/oracle/generate_pinn.py

Rows of inputs, jets and seed are examples; a jet holds all u, then all u', then
all u''. The loss is (1/b) sum_i L_i with L_i = b <seed_i, jet_i> for the moments
("mean" and "mean_square" are over the gradients of the L_i).
"""

import json
import pathlib

import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

import jax.numpy as jnp
import numpy as np

from generate import network, parameter_count

NETWORKS = {
    "tanh-standard": dict(widths=[1, 12, 12, 1], activation="tanh", parametrisation="standard", bias=1.0),
    "tanh-ntk": dict(widths=[1, 8, 8, 8, 1], activation="tanh", parametrisation="ntk", bias=0.3),
    "softplus-ntk-two-outputs": dict(widths=[2, 10, 8, 2], activation="softplus", parametrisation="ntk", bias=1.0),
    "square-standard": dict(widths=[1, 9, 7, 1], activation="square", parametrisation="standard", bias=0.0),
}


def jet(net, w, x):
    along = jnp.zeros_like(x).at[0].set(1.0)
    u = lambda t: network(net, w, x + t * along)
    first = jax.jacfwd(u)
    return jnp.concatenate([u(0.0), first(0.0), jax.jacfwd(first)(0.0)])


def numbers(net, seed):
    random = np.random.default_rng(seed)
    n, d, p = 7, net["widths"][0], net["widths"][-1]
    w = random.standard_normal(parameter_count(net))
    if net["parametrisation"] == "standard":
        w *= 0.5
    x, g = random.standard_normal((n, d)), random.standard_normal((n, 3 * p))
    loss = lambda w, x, g: n * jnp.dot(g, jet(net, w, x))
    each = jax.vmap(jax.grad(loss), (None, 0, 0))(w, x, g)
    jets = jax.vmap(lambda x: jet(net, w, x))(x)
    arrays = dict(parameters=w, inputs=x, seed=g, jets=jets, mean=each.mean(0), mean_square=(each**2).mean(0))
    return net | {name: np.asarray(a).tolist() for name, a in arrays.items()}


if __name__ == "__main__":
    made = {name: numbers(net, seed) for seed, (name, net) in enumerate(NETWORKS.items())}
    path = pathlib.Path(__file__).with_name("pinn.json")
    path.write_text(json.dumps(made, separators=(",", ":")) + "\n")
