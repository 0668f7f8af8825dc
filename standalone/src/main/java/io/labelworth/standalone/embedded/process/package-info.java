/**
 * Child JVMs that live and die with their parent.
 *
 * <p>{@link io.labelworth.standalone.embedded.process.ChildMain} runs inside the child and ends it
 * when the parent is gone; {@link io.labelworth.standalone.embedded.process.ChildProcess} is the
 * parent's hand on it; {@link io.labelworth.standalone.embedded.process.SupervisedChild} starts it
 * again when it dies. Nothing here knows what the children do.
 */
package io.labelworth.standalone.embedded.process;
