import { empty } from '../ui/states.js';

export const page = {
  id: 'labels',
  title: 'Labels',
  open(root) {
    root.append(empty('Not here yet', 'The label viewer will stand here.'));
    return { update() {}, close() {} };
  },
};
