/** Independent random streams; everything random in this module comes from them. */
package io.labelworth.learning.random;
