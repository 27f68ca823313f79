# python3 docs/check.py snapshot.json: is what the file says of its network true?
import json, sys, numpy as np
net = json.load(open(sys.argv[1]))["networks"][0]

# Forwards, z = s W a + beta b: a lists what enters each layer, f is the last z.
a, J, delta = [np.array(net["x"])], [], np.ones((len(net["x"]), 1))
for l in net["layers"]: a += [np.maximum(f := l["s"] * a[-1] @ np.transpose(l["W"]) + l["beta"] * np.array(l["b"]), 0)]

# Backwards, delta = df/dz of the layer: its columns of J are df/dW and df/db.
for l, h in zip(net["layers"][::-1], a[-2::-1]):
    J += [np.einsum("ni,nj->nij", l["s"] * delta, h).reshape(len(h), -1), l["beta"] * delta]
    delta = l["s"] * delta @ l["W"] * (h > 0)

# The kernel J J^T; its eigenvalues, and the residual's energy along each eigenvector.
values, V = np.linalg.eigh(K := np.hstack(J) @ np.hstack(J).T)
ours = {"K_SS": K, "lambda": values[::-1], "energies": (V.T @ (f - net["f0"] - net["y"]))[::-1, 0] ** 2}
for name in ours: print(name, "relative error", np.linalg.norm(ours[name] - net[name]) / np.linalg.norm(net[name]))
