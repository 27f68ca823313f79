#!/usr/bin/env python3
"""Writes networks.json, the numbers that the tests *_with_jax.rs compare with.

An independent peer: the network is written from its equations, and every
derivative is JAX's own, in float64 on the CPU. Regenerate with

    pip install jax==0.10.2 && python3 tests/oracle/generate.py

Layer l maps a to z = s_l W_l a + beta_l b_l; hidden layers apply phi, the
output layer does not. NTK parametrisation: s_l = sqrt(gain_l / fan-in) with
gain 2 in hidden layers and 1 in the last, beta_l = bias. Standard: s_l = 1,
beta_l = 1. No b where bias = 0. The flat parameters hold, layer by layer, W
column by column, then b.

Matrices are written as lists of rows; row i of inputs, targets and outputs
belongs to example i, kernels have index i p + c for output c of example i.
Gradient and moments are those at the given parameters of
L = (1/2n) sum_i |f(x_i) - y_i|^2, not centred; "mean" and "mean_square" are
over the examples' own gradients, of (1/2) |f(x_i) - y_i|^2. "trained" are the
outputs f(x) - f_0(x) after the steps of full-batch gradient descent on the
centred loss (1/2n) sum_i |f(x_i) - f_0(x_i) - y_i|^2.

"optimisers" holds the outputs after full-batch steps on that loss under other
optimisers and gates: w <- w - eta_t (m o d + decay), with the mask m made of the
moments of the examples' gradients, and d Adam's direction by the unmasked
gradient. Where optax is installed (pip install optax), the runs without a gate
are checked against it before anything is written.

"classification" is one network with softmax cross-entropy, not centred:
"outputs", "value", "gradient", "mean_square", "output_gradient" (g, rows are
examples), "hessian" (B, np x np) at the given parameters, and "trained" after
steps of gradient descent.

"windows" holds the propagator P, the dissipation W' and the transfer G of 200
steps of full-batch gradient descent of one network, under the left and the
secant scheme, summed from explicit Jacobians.
"""

import json
import pathlib

import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

import jax.numpy as jnp
import numpy as np

STEPS = 100
NETWORKS = {
    "relu-ntk": dict(widths=[1, 16, 16, 1], activation="relu", parametrisation="ntk", bias=1.0),
    "tanh-standard-three-outputs": dict(widths=[2, 8, 8, 3], activation="tanh", parametrisation="standard", bias=0.0),
    "relu-ntk-deep": dict(widths=[3, 8, 8, 8, 1], activation="relu", parametrisation="ntk", bias=0.3),
    "softplus-ntk": dict(widths=[2, 10, 8, 1], activation="softplus", parametrisation="ntk", bias=1.0),
    "square-standard": dict(widths=[3, 12, 2], activation="square", parametrisation="standard", bias=0.0),
    "identity-ntk": dict(widths=[2, 6, 6, 1], activation="identity", parametrisation="ntk", bias=0.3),
}
PHI = {
    "relu": lambda z: jnp.where(z > 0, z, 0.0),
    "tanh": jnp.tanh,
    "softplus": jax.nn.softplus,
    "square": jnp.square,
    "identity": lambda z: z,
}


def shapes(net):
    return list(zip(net["widths"][:-1], net["widths"][1:]))


def parameter_count(net):
    return sum(i * o + (o if net["bias"] else 0) for i, o in shapes(net))


def network(net, w, x):
    """f(x) in R^p for one input x in R^d."""
    a, at = x, 0
    for l, (fan_in, fan_out) in enumerate(shapes(net)):
        last = l == len(net["widths"]) - 2
        ntk = net["parametrisation"] == "ntk"
        s = np.sqrt((1.0 if last else 2.0) / fan_in) if ntk else 1.0
        weights = jnp.reshape(w[at : at + fan_in * fan_out], (fan_out, fan_in), order="F")
        at += fan_in * fan_out
        z = s * weights @ a
        if net["bias"]:
            z += (net["bias"] if ntk else 1.0) * w[at : at + fan_out]
            at += fan_out
        a = z if last else PHI[net["activation"]](z)
    return a


def numbers(net, seed):
    random = np.random.default_rng(seed)
    n, m, d, p = 7, 5, net["widths"][0], net["widths"][-1]
    w = random.standard_normal(parameter_count(net))
    if net["parametrisation"] == "standard":
        w *= 0.5
    x, q, y = random.standard_normal((n, d)), random.standard_normal((m, d)), random.standard_normal((n, p))

    f = jax.vmap(lambda w, x: network(net, w, x), (None, 0))
    example_loss = lambda w, x, y: jnp.sum((network(net, w, x) - y) ** 2) / 2
    loss = lambda w: jnp.sum((f(w, x) - y) ** 2) / (2 * n)
    centred_loss = lambda v: jnp.sum((f(v, x) - f(w, x) - y) ** 2) / (2 * n)

    jacobian = lambda points: jax.jacobian(lambda w: f(w, points).ravel())(w)
    j_s, j_q = jacobian(x), jacobian(q)
    kernel = j_s @ j_s.T
    each = jax.vmap(jax.grad(example_loss), (None, 0, 0))(w, x, y)

    eta = float(n / jnp.linalg.eigvalsh(kernel)[-1]) / 2
    v, step = jnp.asarray(w), jax.jit(jax.grad(centred_loss))
    for _ in range(STEPS):
        v = v - eta * step(v)

    arrays = dict(
        parameters=w, inputs=x, test_inputs=q, targets=y, outputs=f(w, x),
        train_kernel=kernel, cross_kernel=j_q @ j_s.T,
        gradient=jax.grad(loss)(w), mean=each.mean(0), mean_square=(each**2).mean(0),
        trained=f(v, x) - f(w, x), trained_test=f(v, q) - f(w, q),
    )
    scalars = dict(eta=eta, steps=STEPS, value=float(loss(w)), trained_value=float(centred_loss(v)))
    return net | scalars | {name: np.asarray(a).tolist() for name, a in arrays.items()}


OPTIMISED = dict(widths=[2, 8, 8, 1], activation="tanh", parametrisation="ntk", bias=1.0)
ADAM = dict(beta1=0.9, beta2=0.99, epsilon=1e-8)
OPTIMISERS = {
    "adam": dict(ADAM, eta=0.01),
    "adam-cosine": dict(ADAM, eta=0.03, cosine=dict(steps=60, floor=0.1)),
    "adam-l2": dict(ADAM, eta=0.01, l2=0.1),
    "adamw": dict(ADAM, eta=0.01, decay=0.3),
    "adamw-hard": dict(ADAM, eta=0.01, decay=0.3, gate="hard"),
    "adamw-hard-decay-masked": dict(ADAM, eta=0.01, decay=0.3, masked=True, gate="hard"),
    "adamw-soft": dict(ADAM, eta=0.01, decay=0.3, gate="soft"),
    "adamw-snr-decay-masked": dict(ADAM, eta=0.01, decay=0.3, masked=True, gate="snr"),
    "adamw-streaming-snr": dict(ADAM, eta=0.01, decay=0.3, gate="streaming-snr"),
    "descent-decay": dict(eta=0.1, decay=0.3),
    "descent-l2-hard": dict(eta=0.1, l2=0.3, gate="hard"),
    "descent-decay-hard": dict(eta=0.1, decay=0.3, gate="hard"),
    "descent-streaming-soft": dict(eta=0.1, gate="streaming-soft"),
}


def mask(gate, each, history):
    """The gate's weights from the examples' gradients (b x P) or all steps' gradients."""
    if gate is None:
        return 1.0
    if gate.startswith("streaming-"):
        gate = gate.removeprefix("streaming-")
        m, s = 0.0, 0.0
        for t, g in enumerate(history, 1):
            m = 0.9 * m + 0.1 * g
            s = 0.99 * s + 0.01 * (g - m / (1 - 0.9**t)) ** 2
        signal, noise = (m / (1 - 0.9**t)) ** 2, s / (1 - 0.99**t)
    else:
        b = len(each)
        signal, noise = each.mean(0) ** 2, each.var(0, ddof=1) / (b - 1)
    if gate == "hard":
        return np.where(signal > noise, 1.0, 0.0)
    if gate == "soft":
        return np.maximum(0, 1 - noise / signal)
    return signal / (signal + noise)


def rate(how, t):
    if "cosine" not in how:
        return how["eta"]
    steps, floor = how["cosine"]["steps"], how["cosine"]["floor"]
    return how["eta"] * (floor + (1 - floor) * (1 + np.cos(np.pi * min(t, steps) / steps)) / 2)


def optimised(how, w, each_at):
    """The parameters after STEPS steps of the written-out rule."""
    w, m, v, history = w.copy(), 0.0, 0.0, []
    for t in range(STEPS):
        each = np.asarray(each_at(w))
        history.append(each.mean(0))
        g = each.mean(0) + how.get("l2", 0.0) * w
        d = g
        if "beta1" in how:
            b1, b2 = how["beta1"], how["beta2"]
            m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
            d = (m / (1 - b1 ** (t + 1))) / (np.sqrt(v / (1 - b2 ** (t + 1))) + how["epsilon"])
        open = mask(how.get("gate"), each, history)
        decay = how.get("decay", 0.0) * w * (open if how.get("masked") else 1.0)
        w = w - rate(how, t) * (open * d + decay)
    return w


def by_optax(how, w, each_at):
    """The same by optax, for what it knows: no gate."""
    import optax

    eta = how["eta"]
    if "cosine" in how:
        eta = optax.cosine_decay_schedule(eta, how["cosine"]["steps"], how["cosine"]["floor"])
    decay = [optax.add_decayed_weights(how["decay"])] if "decay" in how else []
    l2 = [optax.add_decayed_weights(how["l2"])] if "l2" in how else []
    adam = [optax.scale_by_adam(how["beta1"], how["beta2"], how["epsilon"])] if "beta1" in how else []
    rule = optax.chain(*l2, *adam, *decay, optax.scale_by_learning_rate(eta))
    w = jnp.asarray(w)
    state = rule.init(w)
    for _ in range(STEPS):
        change, state = rule.update(each_at(w).mean(0), state, w)
        w = optax.apply_updates(w, change)
    return np.asarray(w)


def optimisers():
    net, n = OPTIMISED, 9
    random = np.random.default_rng(100)
    w = random.standard_normal(parameter_count(net))
    x, y = random.standard_normal((n, 2)), random.standard_normal((n, 1))
    f = jax.vmap(lambda w, x: network(net, w, x), (None, 0))
    start = f(w, x)
    example_loss = lambda v, x, y, start: jnp.sum((network(net, v, x) - start - y) ** 2) / 2
    each_at = jax.jit(lambda v: jax.vmap(jax.grad(example_loss), (None, 0, 0, 0))(v, x, y, start))
    runs = {}
    for name, how in OPTIMISERS.items():
        v = optimised(how, w, each_at)
        if "gate" not in how:
            try:
                off = np.abs(by_optax(how, w, each_at) - v).max()
                print(f"{name}: optax agrees to {off:.1e}")
                assert off < 1e-10
            except ImportError:
                print(f"{name}: optax is not installed, so not compared")
        runs[name] = how | dict(parameters=v.tolist(), trained=np.asarray(f(v, x) - start).tolist())
    data = dict(steps=STEPS, parameters=w.tolist(), inputs=x.tolist(), targets=y.tolist())
    return net | data | dict(runs=runs)


def classification():
    net, n = dict(widths=[2, 8, 8, 3], activation="tanh", parametrisation="ntk", bias=1.0), 7
    random = np.random.default_rng(200)
    w = random.standard_normal(parameter_count(net))
    x, labels = random.standard_normal((n, 2)), random.integers(0, 3, n)
    f = jax.vmap(lambda w, x: network(net, w, x), (None, 0))
    phi = lambda u: -jnp.mean(jax.nn.log_softmax(u)[jnp.arange(n), labels])
    loss = lambda w: phi(f(w, x))
    example_loss = lambda w, x, y: -jax.nn.log_softmax(network(net, w, x))[y]
    each = jax.vmap(jax.grad(example_loss), (None, 0, 0))(w, x, labels)
    u = f(w, x)
    jacobian = jax.jacobian(lambda w: f(w, x).ravel())(w)
    eta = float(n / jnp.linalg.eigvalsh(jacobian @ jacobian.T)[-1])
    v, step = jnp.asarray(w), jax.jit(jax.grad(loss))
    for _ in range(STEPS):
        v = v - eta * step(v)
    arrays = dict(
        parameters=w, inputs=x, labels=labels, outputs=u, train_kernel=jacobian @ jacobian.T,
        gradient=jax.grad(loss)(w), mean_square=(each**2).mean(0),
        output_gradient=jax.grad(phi)(u), hessian=jax.hessian(phi)(u).reshape(3 * n, 3 * n),
        trained=f(v, x),
    )
    scalars = dict(eta=eta, steps=STEPS, value=float(loss(w)), trained_value=float(loss(v)))
    return net | scalars | {name: np.asarray(a).tolist() for name, a in arrays.items()}


def windows():
    net, n, m, steps = dict(widths=[1, 8, 8, 2], activation="tanh", parametrisation="ntk", bias=1.0), 6, 5, 200
    random = np.random.default_rng(300)
    w = random.standard_normal(parameter_count(net))
    x, q, y = (random.standard_normal(shape) for shape in [(n, 1), (m, 1), (n, 2)])
    f = jax.vmap(lambda w, x: network(net, w, x), (None, 0))
    j_at = jax.jit(jax.jacobian(lambda w: f(w, x).ravel()))
    q_at = jax.jit(jax.jacobian(lambda w: f(w, q).ravel()))
    g_at = jax.jit(jax.grad(lambda w: jnp.sum((f(w, x) - y) ** 2) / (2 * n)))
    j = j_at(w)
    eta = float(n / jnp.linalg.eigvalsh(j @ j.T)[-1])
    schemes = {}
    for scheme in ["left", "secant"]:
        v = jnp.asarray(w)
        p, dissipation, transfer = jnp.eye(2 * n), 0.0, 0.0
        for _ in range(steps):
            j, jq = j_at(v), q_at(v)
            v = v - eta * g_at(v)
            mean, q_mean = (j, jq) if scheme == "left" else ((j + j_at(v)) / 2, (jq + q_at(v)) / 2)
            dissipation += eta * p.T @ (j @ j.T) @ p
            transfer += eta * q_mean @ j.T @ p
            p = p - eta / n * mean @ j.T @ p
        arrays = dict(propagator=p, dissipation=dissipation, transfer=transfer)
        schemes[scheme] = {name: np.asarray(a).tolist() for name, a in arrays.items()}
    data = dict(parameters=w.tolist(), inputs=x.tolist(), test_inputs=q.tolist(), targets=y.tolist())
    return net | data | dict(eta=eta, steps=steps, schemes=schemes)


if __name__ == "__main__":
    found = {name: numbers(net, seed) for seed, (name, net) in enumerate(NETWORKS.items())}
    everything = dict(
        jax=jax.__version__, networks=found, optimisers=optimisers(), classification=classification(),
        windows=windows(),
    )
    out = pathlib.Path(__file__).with_name("networks.json")
    out.write_text(json.dumps(everything, indent=None) + "\n")
