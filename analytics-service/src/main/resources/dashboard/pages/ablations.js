import { empty } from '../ui/states.js';

export const page = {
  id: 'ablations',
  title: 'Ablations',
  open(root) {
    root.append(empty('Not here yet', 'The ablation pages will stand here.'));
    return { update() {}, close() {} };
  },
};
