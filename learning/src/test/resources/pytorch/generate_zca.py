# Makes zca-vectors.safetensors, which ZcaFitTest compares with: images of two channels, normalised, then whitened as kornia's
# ZCAWhitening(eps=0.1) does it (zca_mean and linear_transform written out, in double precision; PyTorch 1.13, Debian python3-torch).
import json, os, struct, torch
torch.manual_seed(17); torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
N, C, H, W, EPS = 90, 2, 3, 4, 0.1
# Neighbours have much in common, as in photographs; more images than pixels leave no variance at 0 but that of the black corner.
x = torch.rand(N, C, 1, 1) * 120 + torch.cumsum(torch.rand(N, C, H, W) * 30, 3) + torch.rand(N, C, H, W) * 20
x = x.round().clamp(0, 255); x[:, :, 0, 0] = 0
mean = torch.tensor([0.2861, 0.4]).double().view(1, -1, 1, 1); std = torch.tensor([0.3530, 0.25]).double().view(1, -1, 1, 1)
flat = ((x.double() / 255 - mean) / std).reshape(N, -1)
centre = flat.mean(0, keepdim=True); centred = flat - centre
U, S, _ = torch.linalg.svd(centred.t().mm(centred) / float(N - 1))
T = U.mm(torch.rsqrt(S.reshape(-1, 1) + EPS) * U.t())
out = {'images': x, 'matrix': T, 'mean': centre.reshape(-1), 'whitened': centred.mm(T).reshape(N, C, H, W)}
header, data = {}, b''
for k, t in out.items():
    b = t.contiguous().numpy().astype('<f4').tobytes()
    header[k] = {'dtype': 'F32', 'shape': list(t.shape), 'data_offsets': [len(data), len(data) + len(b)]}; data += b
h = json.dumps(header).encode(); h += b' ' * (-len(h) % 8)
with open(os.path.join(HERE, 'zca-vectors.safetensors'), 'wb') as f: f.write(struct.pack('<Q', len(h)) + h + data)
