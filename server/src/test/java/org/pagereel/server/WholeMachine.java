package org.pagereel.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A class of tests that start recorders, or look at what all recordings of this machine have left,
 * or at what this whole process uses. The soak takes minutes and does all that, too, so it runs
 * beside the other classes: they come first.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock(value = WholeMachine.LOCK, mode = ResourceAccessMode.READ)
public @interface WholeMachine {
  /** Who writes has it alone. Who reads may still run its own tests {@link SideBySide}. */
  String LOCK = "machine";

  /** Those that can run beside the soak come first. */
  final class Last implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
      context.getClassDescriptors().sort(Comparator.comparing(Last::hasIt));
    }

    private static boolean hasIt(ClassDescriptor tests) {
      return tests.isAnnotated(WholeMachine.class);
    }
  }
}
