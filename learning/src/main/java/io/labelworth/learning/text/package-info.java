/** Numbers as text, the same on every JDK: identities are hashes of it. */
package io.labelworth.learning.text;
