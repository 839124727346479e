"""What the dataset and its service say of themselves: service description, VoID, DCAT-AP catalogue."""
