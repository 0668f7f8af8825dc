/**
 * Whether students trained here are as good as those of the same recipe in plain PyTorch, and what
 * label structure is worth to them: hours of training, run by the Maven profile {@code agreement}.
 */
package io.labelworth.learning.agreement;
