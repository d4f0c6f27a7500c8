package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.Remote.Since;

/**
 * Where the sync of a project is.
 *
 * @param since what changed then or later is to be read; null for everything
 * @param next the tracker's word for the page that comes, or null at the beginning
 * @param sweep the database as it was when everything began to be read, or null where only what
 *     changed is
 * @param isRead whether all pages are
 */
record Place(Project project, String since, String next, String sweep, boolean isRead) {

  boolean isSweep() {
    return sweep != null;
  }

  Since toAsk() {
    return new Since(isSweep() ? null : since, next);
  }

  Place after(String page) {
    return new Place(project, since, page, sweep, page == null);
  }
}
