/** The core systems that own the data: who they are, how they are asked, and what they say. */
@org.jspecify.annotations.NullMarked
package tongguan.core;
