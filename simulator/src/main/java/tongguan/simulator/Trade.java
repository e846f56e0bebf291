package tongguan.simulator;

import java.util.List;

/** Who trades what in the sample world; every name is made up. */
final class Trade {
  private static final List<String> FIRST =
      List.of("大同", "永豐", "順發", "東昇", "海洋", "立德", "建興", "明輝", "三和", "長青", "福隆", "台信", "景泰", "宏達利");
  private static final List<String> SECOND =
      List.of("貿易", "實業", "國際", "科技", "食品", "機械", "紡織", "五金");
  private static final List<String> FIRST_EN =
      List.of(
          "TATUNGFA",
          "YUNGFENG",
          "SHUNFA",
          "EASTRISE",
          "HAIYANG",
          "LITEH",
          "CHIENHSING",
          "MINGHUI",
          "SANHO",
          "EVERGREENLEAF",
          "FULUNG",
          "TAISIN",
          "CHINGTAI",
          "HUNGTALI");
  private static final List<String> SECOND_EN =
      List.of(
          "TRADING",
          "INDUSTRIAL",
          "INTERNATIONAL",
          "TECHNOLOGY",
          "FOODS",
          "MACHINERY",
          "TEXTILE",
          "HARDWARE");
  private static final List<String> SHIPPERS =
      List.of(
          "BLUE HARBOUR EXPORT CO, LTD",
          "PACIFIC LOOM MILLS",
          "NORTHERN BEARING WORKS",
          "GOLDEN DELTA ELECTRONICS",
          "SUNRISE ORCHARDS",
          "KITA TOOLS KK",
          "O'BRIEN & SONS: TIMBER",
          "RHEINTAL MASCHINEN GMBH");

  private Trade() {}

  record Company(String number, String zh, String en) {}

  record Goods(String code, String zh, String en, String unit, int kgEach, int priceEach) {}

  static final List<Goods> GOODS =
      List.of(
          new Goods("84713000004", "筆記型電腦", "NOTEBOOK COMPUTERS", "PCE", 3, 18_000),
          new Goods("87149100006", "自行車車架", "BICYCLE FRAMES, ALUMINIUM", "PCE", 4, 1_900),
          new Goods("08081000009", "鮮蘋果", "FRESH APPLES", "KGM", 1, 45),
          new Goods("40111000008", "小客車用輪胎", "PASSENGER CAR TYRES", "PCE", 9, 1_250),
          new Goods("85423100007", "積體電路", "INTEGRATED CIRCUITS", "PCE", 1, 90),
          new Goods("39269090904", "塑膠製品", "ARTICLES OF PLASTICS", "KGM", 1, 120),
          new Goods("61091000109", "棉製T恤", "COTTON T-SHIRTS", "PCE", 1, 160),
          new Goods("22042100001", "葡萄酒", "WINE IN BOTTLES", "LTR", 1, 310),
          new Goods("94036000004", "木製家具", "WOODEN FURNITURE", "PCE", 22, 3_400),
          new Goods("84821000008", "滾珠軸承", "BALL BEARINGS", "PCE", 1, 220),
          new Goods("32081010001", "油漆", "PAINT, FLAMMABLE", "KGM", 1, 180),
          new Goods("95030090003", "玩具", "TOYS", "PCE", 1, 150));

  static Company company(Dice dice) {
    int serial = dice.skewed(0, 39_999);
    int first = serial % FIRST.size();
    int second = serial / FIRST.size() % SECOND.size();
    String tail =
        serial >= FIRST.size() * SECOND.size()
            ? String.valueOf(serial / (FIRST.size() * SECOND.size()))
            : "";
    return new Company(
        Numbers.company(serial * 211),
        FIRST.get(first) + SECOND.get(second) + tail + "股份有限公司",
        FIRST_EN.get(first)
            + " "
            + SECOND_EN.get(second)
            + (tail.isEmpty() ? "" : " " + tail)
            + " CO LTD");
  }

  static String shipper(Dice dice) {
    return dice.oneOf(SHIPPERS);
  }
}
