# Makes the vectors beside this file: PyTorch itself (1.13, Debian python3-torch) as the judge of ConvNetTest.
import torch, json, struct, sys
import torch.nn as nn, torch.nn.functional as F
torch.manual_seed(3); torch.set_num_threads(1)
class ConvNet(nn.Module):
    def __init__(s, depth, width, ch, side, classes):
        super().__init__()
        layers=[]; c=ch; h=side
        for d in range(depth):
            p = 3 if ch==1 and d==0 else 1
            layers += [nn.Conv2d(c,width,3,padding=p), nn.GroupNorm(width,width,affine=True), nn.ReLU(inplace=True), nn.AvgPool2d(2,2)]
            h = (h+2*p-2)//2; c=width
        s.features=nn.Sequential(*layers); s.classifier=nn.Linear(width*h*h,classes)
    def forward(s,x):
        x=s.features(x); return s.classifier(x.view(x.size(0),-1))
def save(path, tensors):
    hdr={}; off=0; data=b''
    for k,t in tensors.items():
        b=t.detach().contiguous().numpy().astype('<f4').tobytes()
        hdr[k]={'dtype':'F32','shape':list(t.shape),'data_offsets':[off,off+len(b)]}; off+=len(b); data+=b
    h=json.dumps(hdr).encode(); h+=b' '*(-len(h)%8)
    open(path,'wb').write(struct.pack('<Q',len(h))+h+data)
def make(name, depth,width,ch,side,classes,n,steps):
    net=ConvNet(depth,width,ch,side,classes)
    with torch.no_grad():
        for m in net.modules():
            if isinstance(m,nn.GroupNorm): m.weight.uniform_(0.5,1.5); m.bias.uniform_(-0.5,0.5)
    save(name+'-weights.safetensors', net.state_dict())
    x=torch.randint(0,256,(n,ch,side,side)).float()
    mean=torch.tensor([0.2861,0.4,0.6][:ch]).view(1,-1,1,1); std=torch.tensor([0.3530,0.25,0.3][:ch]).view(1,-1,1,1)
    xn=(x/255-mean)/std
    t=torch.softmax(torch.randn(n,classes)*2,1); t[0]*=0.5
    logits=net(xn)
    out={'images':x,'targets':t,'logits':logits}
    opt=torch.optim.SGD(net.parameters(),lr=0.05,momentum=0.9,weight_decay=5e-4)
    losses=[]
    for i in range(steps):
        for g in opt.param_groups: g['lr']=0.05*(0.3 if i>=3 else 1)
        loss=-(t*F.log_softmax(net(xn),1)).sum(1).mean(); losses.append(loss.detach())
        opt.zero_grad(); loss.backward(); opt.step()
    out['losses']=torch.stack(losses); 
    save(name+'-vectors.safetensors', out)
    save(name+'-trained.safetensors', net.state_dict())
    print(name, losses, sum(p.numel() for p in net.parameters()))
make('grey',3,8,1,28,10,6,5)
make('colour',2,5,3,13,4,7,5)
