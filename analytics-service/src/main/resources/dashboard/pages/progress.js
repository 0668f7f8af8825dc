import { empty } from '../ui/states.js';

export const page = {
  id: 'progress',
  title: 'Progress',
  open(root) {
    root.append(empty('Not here yet', 'The page will stand here.'));
    return { update() {}, close() {} };
  },
};
