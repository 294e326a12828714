"""Reference vectors of LinearAlgebraTests: numpy and scipy on small matrices whose elements are short decimals."""
import numpy as np
import scipy.linalg

import vectors

rng = np.random.default_rng(20261123)


def matrix(rows, columns):
    return np.round(rng.normal(size=(rows, columns)), 3)


cases = []
for rows, columns in [(1, 1), (3, 3), (7, 4), (4, 7), (12, 5), (33, 33)]:
    a, b = matrix(rows, columns), matrix(columns, 3)
    u, s, vt = np.linalg.svd(a, full_matrices=False)
    gram = a @ a.T
    wide, narrow = matrix(40, min(rows, columns) + 1), matrix(40, min(rows, columns))
    cases.append({
        "rows": rows, "columns": columns, "a": a.ravel().tolist(), "b": b.ravel().tolist(),
        "product": (a @ b).ravel().tolist(), "gram": gram.ravel().tolist(), "singular_values": s.tolist(),
        "eigenvalues": np.linalg.eigvalsh(gram).tolist(),
        "abs_r": np.abs(np.linalg.qr(a)[1]).ravel().tolist(),
        "wide": wide.ravel().tolist(), "wide_columns": wide.shape[1],
        "narrow": narrow.ravel().tolist(), "narrow_columns": narrow.shape[1],
        "angles": np.sort(scipy.linalg.subspace_angles(wide, narrow)).tolist(),
    })
vectors.write("LinearAlgebraTests", "decompositions", __file__, cases)
