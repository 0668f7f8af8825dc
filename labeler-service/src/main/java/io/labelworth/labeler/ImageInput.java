package io.labelworth.labeler;

/**
 * What an expert is given of an image, or of a view of it.
 *
 * @param imageId id of the image, for labels that were made with it
 * @param pixels raw pixels, channel by channel, for networks
 */
public record ImageInput(String imageId, byte[] pixels) {}
