/** Hashes of bytes and files. */
package io.labelworth.learning.digest;
