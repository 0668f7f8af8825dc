package io.labelworth.learning.view;

/**
 * Where an image is in its dataset's ranking.
 *
 * @param imageClass its class, from 0
 * @param rank its place in its class, from 0
 */
public record ImagePlace(int imageClass, int rank) {}
