package io.umbel.tools.issues.tracker.jira;

class JiraCloudContractTest extends JiraContract {

  JiraCloudContractTest() {
    super(true);
  }
}
