/**
 * The steward (行動e管家): keeps a device locked until the platform says that an officer is in on it,
 * carries the officer's browser to the platform, and does what the platform tells it, wiping
 * included. {@link tongguan.steward.Agent} puts the rooms together.
 */
@org.jspecify.annotations.NullMarked
package tongguan.steward;
