/** ZCA whitening: fitted to a dataset's training split, and kept beside its files. */
package io.labelworth.learning.whitening;
