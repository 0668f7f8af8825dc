/**
 * The labeler on a real broker and registry, on images and networks made here: every image once for
 * every checkpoint, whatever is killed, broken or late.
 */
package io.labelworth.it.labeler;
