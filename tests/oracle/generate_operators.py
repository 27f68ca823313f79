#!/usr/bin/env python3
"""Writes operators.json, which tests/engine/operators_agree_with_jax.rs compares with.

The operators of a window along the path, from explicit Jacobians of JAX at four
Gauss nodes of every step and explicit Hessians at sixteen, after 200 steps: P, W
and G with their offsets p, w, c and q (src/kernel/offset.rs), W' for gradient descent,
and the parameters at the end. A network is that of generate.py. Regenerate with

    UPDATE_BATCHES=1 cargo test --test engine the_oracle_has_the_batches_of_the_sampler
    pip install jax==0.10.2 && python3 tests/oracle/generate_operators.py

The first writes batches.json, the examples that the engine's sampler draws.
"""

import json
import pathlib

from generate import network, parameter_count  # sets float64 as well

import jax
import jax.numpy as jnp
import numpy as np

STEPS, NODES, HESSIAN_NODES = 200, 4, 16
HERE = pathlib.Path(__file__).parent
BATCHES = json.loads((HERE / "batches.json").read_text())

RELU = dict(widths=[1, 8, 8, 1], activation="relu", parametrisation="ntk", bias=1.0)
TANH = dict(RELU, activation="tanh")
CLASSES = dict(widths=[2, 5, 5, 3], activation="tanh", parametrisation="ntk", bias=0.5)
ADAM = dict(beta1=0.9, beta2=0.999, epsilon=1e-8, eta=0.01)
RUNS = {
    "descent-relu": dict(net=RELU),
    "descent-tanh": dict(net=TANH),
    "minibatch": dict(net=RELU, batch=True),
    "hard": dict(net=RELU, gate="hard"),
    "hard-minibatch": dict(net=TANH, gate="hard", batch=True),
    "momentum-relu": dict(net=RELU, momentum=0.9),
    "momentum-tanh": dict(net=TANH, momentum=0.9, batch=True, gate="hard"),
    "momentum-l2": dict(net=TANH, momentum=0.8, l2=0.1),
    "adam-relu": dict(ADAM, net=RELU),
    "adam-tanh": dict(ADAM, net=TANH, batch=True),
    "adamw-relu": dict(ADAM, net=RELU, decay=0.1),
    "adamw-tanh": dict(ADAM, net=TANH, decay=0.1, gate="hard"),
    "adamw-masked": dict(ADAM, net=TANH, decay=0.1, gate="hard", masked=True, batch=True),
    "descent-decay": dict(net=RELU, decay=0.1),
    "cross-entropy": dict(net=CLASSES, eta=0.3),
    "cross-entropy-adamw": dict(ADAM, net=CLASSES, decay=0.1, batch=True),
}


def gauss(nodes):
    x, weights = np.polynomial.legendre.leggauss(nodes)
    return zip((1 + x) / 2, weights / 2)


def run(net, seed, eta=None, batch=False, gate=None, momentum=None, beta1=None, beta2=None, epsilon=None,
        l2=0.0, decay=0.0, masked=False):
    n, m, d, p = 6, 5, net["widths"][0], net["widths"][-1]
    random = np.random.default_rng(seed)
    w = random.standard_normal(parameter_count(net))
    x, q = random.standard_normal((n, d)), random.standard_normal((m, d))
    y, labels = random.standard_normal((n, p)), random.integers(0, p, n)
    f = jax.vmap(lambda w, x: network(net, w, x), (None, 0))
    if p > 1:
        phi = lambda u: -jnp.mean(jax.nn.log_softmax(u.reshape(n, p))[jnp.arange(n), labels])
    else:
        phi = lambda u: jnp.sum((u.reshape(n, p) - y) ** 2) / (2 * n)
    outputs = jax.jit(lambda w: f(w, x).ravel())
    gradient, hessian = jax.jit(jax.grad(phi)), jax.jit(jax.hessian(phi))
    train, test = jax.jit(jax.jacobian(lambda w: f(w, x).ravel())), jax.jit(jax.jacobian(lambda w: f(w, q).ravel()))
    if eta is None:
        kernel = np.asarray(train(w) @ train(w).T)
        eta = float(0.5 * n / np.linalg.eigvalsh(kernel)[-1]) * (1 - momentum if momentum else 1)

    size, start = n * p, w.copy()
    wide = np.hstack([np.eye(size), np.zeros((size, 1))])
    change, offset = np.zeros((m * p, size + 1)), np.zeros(size)
    lost_sum, dissipation = np.zeros((size + 1, size + 1)), np.zeros((size, size))
    # The average of the gradients, as a vector and as an operator.
    mean, average, square = np.zeros(len(w)), np.zeros((len(w), size + 1)), np.zeros(len(w))
    for t in range(STEPS):
        j, u = np.asarray(train(w)), np.asarray(outputs(w))
        chosen = np.array(BATCHES[t]) if batch else np.arange(n)
        weights = np.zeros(n)
        weights[chosen] = n / len(chosen)
        g = np.asarray(gradient(u))
        drawn = np.repeat(weights, p)[:, None]
        each = n * np.einsum("icP,ic->iP", j.reshape(n, p, -1), g.reshape(n, p))[chosen]
        mask = np.ones(len(w))
        if gate == "hard":
            b = len(chosen)
            mask = (each.mean(0) ** 2 > each.var(0, ddof=1) / (b - 1)).astype(float)
        now = j.T @ (drawn * wide)
        pulled = np.sqrt(mask)[:, None] * now[:, :size]
        dissipation += eta * pulled.T @ pulled
        now[:, -1] += l2 * w
        raw = each.mean(0) + l2 * w
        scale = eta * mask
        if momentum is not None:
            mean, average = momentum * mean + raw, momentum * average + now
        elif beta1 is not None:
            mean, average = beta1 * mean + (1 - beta1) * raw, beta1 * average + (1 - beta1) * now
            square = beta2 * square + (1 - beta2) * raw**2
            divisor = np.sqrt(square / (1 - beta2 ** (t + 1))) + epsilon
            scale = scale / ((1 - beta1 ** (t + 1)) * divisor)
        else:
            mean, average = raw, now
        shift = eta * decay * w * (mask if masked else 1.0)
        operator = -scale[:, None] * average
        operator[:, -1] -= shift
        later = w - scale * mean - shift

        jbar = sum(weight * np.asarray(train(w + a * (later - w))) for a, weight in gauss(NODES))
        qbar = sum(weight * np.asarray(test(w + a * (later - w))) for a, weight in gauss(NODES))
        du = np.asarray(outputs(later)) - u
        at = [(a, weight, np.asarray(hessian(u + a * du))) for a, weight in gauss(HESSIAN_NODES)]
        moved = jbar @ operator
        halfway = wide + sum(weight * (1 - a) * b for a, weight, b in at) @ moved
        wide = wide + sum(weight * b for _, weight, b in at) @ moved
        change += qbar @ operator
        offset += moved[:, -1]
        lost = -halfway.T @ moved
        lost_sum += (lost + lost.T) / 2
        w = later

    plain = momentum is None and beta1 is None and l2 == 0 and decay == 0
    arrays = dict(
        propagator=wide[:, :-1], integrated=lost_sum[:-1, :-1], transfer=-change[:, :-1],
        gradient_offset=wide[:, -1:], test_offset=change[:, -1:], train_offset=offset[:, None],
        mixed_offset=lost_sum[:-1, -1:], constant_offset=lost_sum[-1:, -1:], trained=w[:, None],
    )
    if plain:
        arrays["dissipation"] = dissipation
    data = dict(parameters=start, inputs=x, test_inputs=q) | (dict(labels=labels) if p > 1 else dict(targets=y))
    how = dict(eta=eta, batch=batch, gate=gate, momentum=momentum, beta1=beta1, beta2=beta2, epsilon=epsilon,
               l2=l2, decay=decay, masked=masked)
    # Results are compared to nine digits.
    results = {name: np.vectorize(lambda v: float(f"{v:.12g}"))(a) for name, a in arrays.items()}
    return net | how | {name: np.asarray(a).tolist() for name, a in (data | results).items()}


if __name__ == "__main__":
    runs = {name: run(seed=400 + i, **how) for i, (name, how) in enumerate(RUNS.items())}
    everything = dict(jax=jax.__version__, steps=STEPS, nodes=NODES, runs=runs)
    (HERE / "operators.json").write_text(json.dumps(everything) + "\n")
