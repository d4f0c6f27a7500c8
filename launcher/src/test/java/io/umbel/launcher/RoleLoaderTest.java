package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.node.RoleLoader;
import io.vertx.core.AbstractVerticle;
import org.junit.jupiter.api.Test;

class RoleLoaderTest {

  private final RoleLoader loader = new RoleLoader(getClass().getClassLoader());

  @Test
  void findsTheClassOfAFamilyByItsWord() {
    assertThat(refusal("time-sheets"))
        .hasMessageContaining("no role \"time-sheets\"")
        .hasMessageContaining("io.umbel.tools.timesheets.TimeSheetsTools")
        .hasMessageContaining(
            "gateway, registry, demo, system, issues, compliance, search, entities");
  }

  @Test
  void takesAWordWithADotAsAClassName() {
    assertThat(loader.load(PlainVerticle.class.getName()).verticle())
        .isInstanceOf(PlainVerticle.class);
  }

  @Test
  void refusesAClassThatIsNoVerticle() {
    assertThat(refusal("java.lang.String"))
        .hasMessageContaining("java.lang.String cannot be deployed as a verticle");
  }

  @Test
  void refusesAVerticleThatItCannotMake() {
    assertThat(refusal(NeedyVerticle.class.getName()))
        .hasMessageContaining("a public constructor without parameters");
    assertThat(refusal(CrashingVerticle.class.getName()))
        .hasMessageContaining("its constructor failed: no luck");
  }

  private Refusal refusal(String word) {
    return catchThrowableOfType(Refusal.class, () -> loader.load(word));
  }

  /** Neither a family nor any other provider. */
  public static final class PlainVerticle extends AbstractVerticle {}

  /** Wants something. */
  public static final class NeedyVerticle extends AbstractVerticle {
    private final String need;

    public NeedyVerticle(String need) {
      this.need = need;
    }

    @Override
    public String toString() {
      return need;
    }
  }

  /** Is never made. */
  public static final class CrashingVerticle extends AbstractVerticle {
    public CrashingVerticle() {
      throw new IllegalStateException("no luck");
    }
  }
}
