/**
 * Views of images: crops and CutMix, each a fixed function of image, view number and seed, so that
 * whoever labels a view and whoever trains on it see the same pixels.
 */
package io.labelworth.learning.view;
