/**
 * Distilled sets as files that people take home: images, labels, and a card that says what they
 * are.
 */
package io.labelworth.standalone.takehome;
