/** Checkpoints as they leave the house: signed notes, the key that signs them, their folder. */
@org.jspecify.annotations.NullMarked
package tongguan.audit.witness;
