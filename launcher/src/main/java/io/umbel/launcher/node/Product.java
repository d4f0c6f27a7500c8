package io.umbel.launcher.node;

/** What is running here. */
public final class Product {

  /** The name it goes by. */
  public static final String NAME = "umbel";

  private Product() {}

  /** The version in the jar's manifest; without a jar it has none. */
  public static String version() {
    var version = Product.class.getPackage().getImplementationVersion();
    return version == null ? "0.0.0-development" : version;
  }
}
