package tongguan.record;

/**
 * How a declaration is checked (通關方式): C1 not at all, C2 its documents, C3 the goods (M by hand, X
 * by X-ray).
 */
public enum Channel {
  C1,
  C2,
  C3,
  C3M,
  C3X
}
