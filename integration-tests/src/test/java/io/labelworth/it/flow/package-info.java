/**
 * The whole flow with the real services, on the embedded cluster and, where Docker answers, in
 * containers.
 */
package io.labelworth.it.flow;
