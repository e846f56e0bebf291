package tongguan.simulator.air;

import tongguan.simulator.trade.ParcelGoods;
import tongguan.simulator.trade.Party;

/**
 * What one air waybill carries.
 *
 * @param house empty for freight that has its master to itself, and for the master of a
 *     consolidation
 * @param pieces of the goods
 */
record Parcel(
    String master,
    String house,
    Party consignee,
    String shipper,
    ParcelGoods goods,
    int pieces,
    int grams) {

  /** As an officer would type it. */
  String key() {
    return house.isEmpty() ? master : master + '/' + house;
  }
}
