#!/usr/bin/env python3
"""Writes preferences.json, the numbers that tests/preferences_agree_with_jax.rs compares with.

Direct preference optimisation of one network, with every derivative by JAX in float64. The loss is written from the
logarithms of the softmax probabilities of policy and reference, normalisers included, nothing cancelled:

    L(w) = -(1/n) sum_i log sigma(beta ((log pi_w - log piref_w) - (log pi_l - log piref_l)))

The network is that of generate.py, and the layout of parameters and matrices is the one described there. "flipped" says for
which examples winner and loser change places. Regenerate with

    pip install jax==0.10.2 && python3 tests/oracle/generate_preferences.py
"""

import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

from generate import STEPS, network, parameter_count

NET = dict(widths=[3, 9, 7, 5], activation="tanh", parametrisation="standard", bias=0.5)
BETA, N = 0.7, 8


def everything():
    random = np.random.default_rng(400)
    w, reference = (random.standard_normal(parameter_count(NET)) for _ in range(2))
    x = random.standard_normal((N, NET["widths"][0]))
    pairs = np.array([random.permutation(NET["widths"][-1])[:2] for _ in range(N)])
    flipped = np.arange(N) % 3 == 1
    ordered = np.where(flipped[:, None], pairs[:, ::-1], pairs)

    f = jax.vmap(lambda w, x: network(NET, w, x), (None, 0))
    at_reference = f(reference, x)

    def example_phi(u, of_reference, pair):
        ratio = jax.nn.log_softmax(u) - jax.nn.log_softmax(of_reference)
        return -jax.nn.log_sigmoid(BETA * (ratio[pair[0]] - ratio[pair[1]]))

    phi = lambda u: jnp.mean(jax.vmap(example_phi)(u, at_reference, ordered))
    loss = lambda w: phi(f(w, x))
    example_loss = lambda w, x, u, pair: example_phi(network(NET, w, x), u, pair)
    each = jax.vmap(jax.grad(example_loss), (None, 0, 0, 0))(w, x, at_reference, ordered)
    u = f(w, x)

    eta = 0.5
    v, step = jnp.asarray(w), jax.jit(jax.grad(loss))
    for _ in range(STEPS):
        v = v - eta * step(v)

    size = u.size
    arrays = dict(
        parameters=w, reference=reference, inputs=x, pairs=pairs, flipped=flipped.astype(int), outputs=u,
        reference_outputs=at_reference, output_gradient=jax.grad(phi)(u),
        hessian=jax.hessian(phi)(u).reshape(size, size), gradient=jax.grad(loss)(w),
        mean_square=(each**2).mean(0), trained=f(v, x),
    )
    scalars = dict(jax=jax.__version__, beta=BETA, eta=eta, steps=STEPS, value=float(loss(w)), trained_value=float(loss(v)))
    return NET | scalars | {name: np.asarray(a).tolist() for name, a in arrays.items()}


if __name__ == "__main__":
    out = pathlib.Path(__file__).with_name("preferences.json")
    out.write_text(json.dumps(everything(), indent=None) + "\n")
