#!/usr/bin/env python3
"""What a user of JAX or of NumPy would write, timed on request.

Reads a request in each line of the standard input and answers each with a
line of JSON on the standard output:

    open JSON   a network, its data and its kernel, as `bench-native` gives them
    result      what the items compute from there, for the comparison
    ITEM COUNT  runs an item so often: {"times": [microseconds, ...]}

Items, in float64, compiled before they are timed, each run until its result
is there:

    kernel      K_SS by JAX from the factors of the layers, as the engine does
    jacobian    K_SS by JAX as J J^T, with J by vmap(grad) as one matrix
    blocks      the same without that matrix: a J J^T for each W and b, summed
    step        a step of gradient descent by JAX, value_and_grad
    eigen       the eigenbasis of the given kernel by NumPy, which is LAPACK's

The first line says which of them there are and why others are not. How many
threads and cores there are is up to who starts it.
"""

import json
import math
import platform
import sys
import time

import numpy as np

try:
    import jax
# Versions that do not fit together, and processors that are too old, are no ImportError.
except Exception as error:
    jax, without_jax = None, str(error)
else:
    import jax.numpy as jnp
    from jax.flatten_util import ravel_pytree

    jax.config.update("jax_enable_x64", True)


def jax_items(problem):
    """The functions of a problem by item, compiled, and the parameters."""
    widths = problem["widths"]
    gains = [2.0] * (len(widths) - 2) + [1.0]
    scales = [math.sqrt(gain / fan_in) for gain, fan_in in zip(gains, widths)]
    beta = problem["bias"]
    x = jnp.array(problem["inputs"])[:, None]
    y = jnp.array(problem["labels"])
    eta = problem["stepSize"]
    n = len(y)

    weights = np.array(problem["weights"])
    params, at = [], 0
    for fan_in, fan_out in zip(widths, widths[1:]):
        size = fan_in * fan_out
        # Row i of W holds what leaves input i.
        w = weights[at : at + size].reshape(fan_in, fan_out)
        params.append((jnp.array(w), jnp.array(weights[at + size : at + size + fan_out])))
        at += size + fan_out

    def network(params, x):
        """The outputs for inputs in rows, or the output for one."""
        a = x
        for (w, b), scale in zip(params[:-1], scales):
            a = jax.nn.relu(scale * a @ w + beta * b)
        w, b = params[-1]
        return (scales[-1] * a @ w + beta * b)[..., 0]

    origin = network(params, x)

    def loss(params):
        return jnp.mean((network(params, x) - origin - y) ** 2) / 2

    @jax.jit
    def step(params):
        value, gradient = jax.value_and_grad(loss)(params)
        return value, jax.tree.map(lambda p, g: p - eta * g, params, gradient)

    @jax.jit
    def jacobian(params):
        j = jax.vmap(lambda x: ravel_pytree(jax.grad(network)(params, x))[0])(x)
        return j @ j.T

    @jax.jit
    def blocks(params):
        gradients = jax.vmap(jax.grad(network), in_axes=(None, 0))(params, x)
        rows = [gradient.reshape(n, -1) for gradient in jax.tree.leaves(gradients)]
        return sum(j @ j.T for j in rows)

    @jax.jit
    def kernel(params):
        entering, slopes, a = [], [], x
        for (w, b), scale in zip(params[:-1], scales):
            entering.append(a)
            z = scale * a @ w + beta * b
            slopes.append(z > 0)
            a = jax.nn.relu(z)
        entering.append(a)
        delta = jnp.ones((n, 1))
        total = jnp.zeros((n, n))
        for l in reversed(range(len(params))):
            similarity = scales[l] ** 2 * (entering[l] @ entering[l].T) + beta**2
            total += (delta @ delta.T) * similarity
            if l > 0:
                delta = scales[l] * (delta @ params[l][0].T) * slopes[l - 1]
        return total

    return params, step, {"kernel": kernel, "jacobian": jacobian, "blocks": blocks}


class Problem:
    """The items of one opened problem."""

    def __init__(self, problem):
        matrix = np.array(problem["kernel"])
        self.items = {"eigen": lambda: np.linalg.eigh(matrix)}
        if jax:
            self.params, self.take, kernels = jax_items(problem)
            start = self.params
            for name, kernel in kernels.items():
                self.items[name] = lambda kernel=kernel: kernel(start).block_until_ready()
            self.items["step"] = self.step

    def step(self):
        value, self.params = jax.block_until_ready(self.take(self.params))
        return value

    def result(self):
        found = {"eigen": np.sort(self.items["eigen"]().eigenvalues)[::-1].tolist()}
        if jax:
            for name in ("kernel", "jacobian", "blocks"):
                found[name] = np.asarray(self.items[name]()).ravel().tolist()
            # The loss before the first step, and after it.
            found["step"] = [float(self.step()), float(self.step())]
        return found

    def time(self, name, count):
        item, times = self.items[name], []
        for _ in range(count):
            begun = time.perf_counter_ns()
            item()
            times.append((time.perf_counter_ns() - begun) / 1e3)
        return {"times": times}


def hello():
    said = {"python": platform.python_version(), "numpy": np.__version__}
    if jax:
        return said | {"jax": jax.__version__}
    return said | {"jax": None, "reason": without_jax}


def main():
    def answer(value):
        print(json.dumps(value), flush=True)

    answer(hello())
    problem = None
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "open":
            problem = Problem(json.loads(rest))
            answer({})
        elif word == "result":
            answer(problem.result())
        else:
            answer(problem.time(word, int(rest)))


main()
