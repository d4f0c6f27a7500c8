package io.umbel.tools.issues.tracker.jira;

class JiraServerContractTest extends JiraContract {

  JiraServerContractTest() {
    super(false);
  }
}
